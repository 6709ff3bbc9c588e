package io.chancery.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which certificates; the service reads the values and refuses what it does not understand. */
final class Criteria {
  @Option(names = "--organization", paramLabel = "NAME", description = "Of this owner.")
  private Optional<String> organization;

  @Option(names = "--profile", paramLabel = "NAME", description = "Of this profile.")
  private Optional<String> profile;

  @Option(names = "--issuer", paramLabel = "NAME", description = "By this issuer.")
  private Optional<String> issuer;

  @Option(
      names = "--spki",
      paramLabel = "SHA256",
      description = "With this key: SHA-256 of its SubjectPublicKeyInfo, in hex.")
  private Optional<String> spki;

  @Option(names = "--issued-from", paramLabel = "TIME", description = "Issued then or later.")
  private Optional<String> issuedFrom;

  @Option(names = "--issued-until", paramLabel = "TIME", description = "Issued before.")
  private Optional<String> issuedUntil;

  @Option(names = "--expires-from", paramLabel = "TIME", description = "Ending then or later.")
  private Optional<String> expiresFrom;

  @Option(names = "--expires-until", paramLabel = "TIME", description = "Ending before.")
  private Optional<String> expiresUntil;

  @Option(names = "--rsa-below", paramLabel = "BITS", description = "With a smaller RSA key.")
  private Optional<Integer> rsaBelow;

  @Option(
      names = "--name",
      paramLabel = "PATTERN",
      description = "With such a name, * for anything: 'dns:*.pay.internal.test'.")
  private Optional<String> name;

  Map<String, Object> asked() {
    Map<String, Object> all = new LinkedHashMap<>();
    organization.ifPresent(value -> all.put("organization", value));
    profile.ifPresent(value -> all.put("profile", value));
    issuer.ifPresent(value -> all.put("issuer", value));
    spki.ifPresent(value -> all.put("key", value));
    issuedFrom.ifPresent(value -> all.put("issuedFrom", value));
    issuedUntil.ifPresent(value -> all.put("issuedUntil", value));
    expiresFrom.ifPresent(value -> all.put("expiresFrom", value));
    expiresUntil.ifPresent(value -> all.put("expiresUntil", value));
    rsaBelow.ifPresent(value -> all.put("rsaBelow", value));
    name.ifPresent(value -> all.put("name", value));
    return all;
  }
}
