package io.chancery.profile;

import io.chancery.Quoted;
import io.chancery.x509.SubjectAltName;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** How rules word lists and command lines, so that every refusal reads alike. */
final class Wording {
  private static final int SHOWN = 5;

  private Wording() {}

  /** {@code 'dns:a.test', 'ip:10.0.0.1' and 7 more}. */
  static String names(List<SubjectAltName> names) {
    return list(names.stream().map(name -> Quoted.of(name.text())).toList());
  }

  /** {@code a, b and 7 more}; the texts must be fit to show. */
  static String list(List<String> texts) {
    String shown = texts.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return texts.size() > SHOWN ? shown + " and " + (texts.size() - SHOWN) + " more" : shown;
  }

  /** In the order of the alphabet, for what has no order of its own. */
  static String sorted(Collection<?> values) {
    return values.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
  }

  /** What to give openssl req for a request that this profile takes; pasted, it does no harm. */
  static String opensslRequest(Draft draft) {
    return "openssl req -new -key key.pem -subj '/CN="
        + host(draft)
        + "' -addext 'subjectAltName="
        + altName(draft)
        + "'";
  }

  private static String host(Draft draft) {
    return draft.names().stream()
        .filter(Wording::plain)
        .map(SubjectAltName::value)
        .findFirst()
        .orElse("service.example.test");
  }

  private static String altName(Draft draft) {
    return draft.names().stream()
        .filter(Wording::plain)
        .limit(SHOWN)
        .map(name -> (name instanceof SubjectAltName.Ip ? "IP:" : "DNS:") + name.value())
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining(","), all -> all.isEmpty() ? "DNS:service.example.test" : all));
  }

  /** Hosts and addresses hold no character that a shell reads; URIs and mailboxes may. */
  private static boolean plain(SubjectAltName name) {
    return name instanceof SubjectAltName.Dns || name instanceof SubjectAltName.Ip;
  }
}
