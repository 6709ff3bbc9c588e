package io.chancery.profile;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Quoted;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.IssuerName;
import io.chancery.x509.KeyAlgorithm;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The operator's words for a profile, key by key, and what becomes of each. Whether the values go
 * together is {@link Contradiction}'s question.
 */
final class ProfileYaml {
  private static final String[] KINDS = {"dns", "ip", "uri", "email"};

  private ProfileYaml() {}

  /** The profile that the file describes; refuses the start where it describes none. */
  static Profile read(ProfileSource source) {
    Profile profile = profile(YamlGroup.of(source));
    Contradiction.refuseAnyIn(profile, source.file());
    return profile;
  }

  private static Profile profile(YamlGroup yaml) {
    yaml.withOnly(
        "name",
        "description",
        "issuer",
        "audience",
        "keys",
        "validity",
        "longest",
        "backdate",
        "renew-after",
        "subject",
        "names",
        "key-usage",
        "extended-key-usage",
        "status",
        "approvals");
    return new Profile(
        value(yaml, "name", yaml.text("name"), ProfileName::new, "write a name such as tls-server"),
        yaml.text("description"),
        value(yaml, "issuer", yaml.text("issuer"), IssuerName::new, "write a name such as issuing"),
        word(yaml, "audience", "organizations", Audience.values()),
        set(
            yaml,
            "keys",
            key ->
                value(
                    yaml,
                    "keys",
                    key,
                    KeyAlgorithm::parse,
                    "write kinds such as ec-p256, rsa-3072")),
        length(yaml, "backdate", yaml.text("backdate", "5m")),
        length(yaml, "validity", yaml.text("validity")),
        length(yaml, "longest", yaml.text("longest", yaml.text("validity"))),
        yaml.number("renew-after", 0.67),
        yaml.optionalGroup("subject").map(ProfileYaml::subject).orElseGet(ProfileYaml::noSubject),
        names(yaml.group("names")),
        set(
            yaml,
            "key-usage",
            bit -> one(yaml, "key-usage", bit, KeyUsage.values(), KeyUsage::text)),
        List.copyOf(
            set(
                yaml,
                "extended-key-usage",
                use ->
                    one(
                        yaml,
                        "extended-key-usage",
                        use,
                        ExtendedKeyUsage.values(),
                        ExtendedKeyUsage::text))),
        word(yaml, "status", "published", StatusSource.values()),
        yaml.has("approvals") ? yaml.count("approvals") : 0);
  }

  private static SubjectRule subject(YamlGroup yaml) {
    yaml.withOnly("fixed", "from-request");
    DistinguishedName.Type[] types = DistinguishedName.Type.values();
    return new SubjectRule(
        yaml.has("fixed")
            ? value(
                yaml,
                "fixed",
                yaml.text("fixed"),
                DistinguishedName::parse,
                "write it like O=Example Bank, C=AT")
            : DistinguishedName.EMPTY,
        set(
            yaml,
            "from-request",
            type -> one(yaml, "from-request", type, types, DistinguishedName.Type::text)));
  }

  private static SubjectRule noSubject() {
    return new SubjectRule(DistinguishedName.EMPTY, Set.of());
  }

  private static NameRule names(YamlGroup yaml) {
    yaml.withOnly("kinds", "least", "most", "wildcards", "common-name");
    return new NameRule(
        set(yaml, "kinds", kind -> one(yaml, "kinds", kind, KINDS, Function.identity())),
        yaml.count("least"),
        yaml.count("most"),
        word(yaml, "wildcards", "refused", NameRule.Wildcards.values()),
        one(
            yaml,
            "common-name",
            yaml.text("common-name"),
            NameRule.CommonName.values(),
            ProfileYaml::hyphened));
  }

  /** What {@code reader} makes of the text; its own refusal becomes one about this key. */
  private static <T> T value(
      YamlGroup yaml, String key, String text, Function<String, T> reader, String remedy) {
    try {
      return reader.apply(text);
    } catch (PkiException notReadable) {
      throw yaml.refused(key, reason(text, notReadable), remedy);
    }
  }

  private static String reason(String text, PkiException notReadable) {
    return switch (notReadable.failure()) {
      case Failure.Malformed malformed -> malformed.reason();
      // A ProfileName that cannot be is reported as a profile that is not there.
      case Failure.NotFound _ ->
          Quoted.of(text) + " is no name: lower-case letters, digits, inner hyphens, up to 40";
      case Failure other -> other.detail();
    };
  }

  private static Duration length(YamlGroup yaml, String key, String text) {
    return Span.parse(text)
        .orElseThrow(
            () ->
                yaml.refused(
                    key,
                    Quoted.of(text) + " is no length of time",
                    "write a length such as 90d, 24h, 5m or P90D"));
  }

  private static <E extends Enum<E>> E word(
      YamlGroup yaml, String key, String otherwise, E[] choices) {
    return one(yaml, key, yaml.text(key, otherwise), choices, ProfileYaml::hyphened);
  }

  /** The one of {@code choices} whose wording is exactly this text. */
  private static <T> T one(
      YamlGroup yaml, String key, String text, T[] choices, Function<? super T, String> wording) {
    return Arrays.stream(choices)
        .filter(choice -> wording.apply(choice).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                yaml.refused(
                    key,
                    Quoted.of(text) + " is not known",
                    "use "
                        + Arrays.stream(choices).map(wording).collect(Collectors.joining(", "))));
  }

  private static <T> Set<T> set(YamlGroup yaml, String key, Function<String, T> reader) {
    Set<T> values = new LinkedHashSet<>();
    for (String text : yaml.texts(key)) {
      if (!values.add(reader.apply(text))) {
        throw yaml.refused(key, Quoted.of(text) + " stands twice", "keep it once");
      }
    }
    return values;
  }

  private static String hyphened(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
