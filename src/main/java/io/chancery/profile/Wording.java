package io.chancery.profile;

import io.chancery.Quoted;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.SubjectAltName;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /**
   * What to give openssl req for a request that this profile takes: with the draft's own hosts and
   * addresses, whose characters mean nothing to a shell, or else with an example.
   */
  static String opensslRequest(Draft draft) {
    List<SubjectAltName> plain =
        draft.names().stream()
            .filter(name -> name instanceof SubjectAltName.Dns || name instanceof SubjectAltName.Ip)
            .limit(SHOWN)
            .toList();
    List<SubjectAltName> names = plain.isEmpty() ? List.of(example(draft.profile())) : plain;
    return "openssl req -new -key key.pem -subj '"
        + subject(draft.profile(), names.getFirst())
        + "' -addext 'subjectAltName="
        + names.stream().map(Wording::opensslName).collect(Collectors.joining(","))
        + "'";
  }

  private static String subject(Profile profile, SubjectAltName first) {
    if (!profile.subject().fromRequest().contains(DistinguishedName.Type.CN)) {
      return "/";
    }
    return switch (profile.names().commonName()) {
      case IS_A_NAME -> "/CN=" + first.value();
      case FREE -> "/CN=service";
    };
  }

  private static SubjectAltName example(Profile profile) {
    return Stream.of(
            new SubjectAltName.Dns("service.example.test"),
            SubjectAltName.Ip.parse("192.0.2.1"),
            new SubjectAltName.Uri("spiffe://example.test/service"),
            new SubjectAltName.Email("service@example.test"))
        .filter(name -> profile.names().kinds().contains(name.kind()))
        .findFirst()
        .orElseGet(() -> new SubjectAltName.Dns("service.example.test"));
  }

  private static String opensslName(SubjectAltName name) {
    return switch (name) {
      case SubjectAltName.Dns dns -> "DNS:" + dns.value();
      case SubjectAltName.Ip ip -> "IP:" + ip.value();
      case SubjectAltName.Uri uri -> "URI:" + uri.value();
      case SubjectAltName.Email email -> "email:" + email.value();
    };
  }
}
