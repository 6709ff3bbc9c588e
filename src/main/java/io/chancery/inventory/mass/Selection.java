package io.chancery.inventory.mass;

import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.Quoted;
import io.chancery.x509.IssuerName;
import io.chancery.x509.Thumbprint;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;

/**
 * Which certificates: every criterion narrows, and at least one is given.
 *
 * @param key SHA-256 of the SubjectPublicKeyInfo
 * @param rsaBelow RSA keys of fewer bits
 * @param name a pattern that one of the names matches, {@code *} for anything: {@code
 *     dns:*.pay.internal.test}
 */
public record Selection(
    Optional<OrganizationId> organization,
    Optional<String> profile,
    Optional<IssuerName> issuer,
    Optional<Thumbprint> key,
    Optional<Instant> issuedFrom,
    Optional<Instant> issuedUntil,
    Optional<Instant> expiresFrom,
    Optional<Instant> expiresUntil,
    OptionalInt rsaBelow,
    Optional<String> name) {
  private static final int LARGEST_RSA = 16_384;
  private static final int LONGEST_PATTERN = 200;

  public Selection {
    rsaBelow.ifPresent(Selection::mustBeSize);
    name.ifPresent(Selection::mustBePattern);
    if (organization.isEmpty()
        && profile.isEmpty()
        && issuer.isEmpty()
        && key.isEmpty()
        && issuedFrom.isEmpty()
        && issuedUntil.isEmpty()
        && expiresFrom.isEmpty()
        && expiresUntil.isEmpty()
        && rsaBelow.isEmpty()
        && name.isEmpty()) {
      throw new Failure.Malformed("selection", "", "names no criterion", "Chancery API").thrown();
    }
  }

  /** The same of one organization. */
  public Selection of(OrganizationId owner) {
    return new Selection(
        Optional.of(owner),
        profile,
        issuer,
        key,
        issuedFrom,
        issuedUntil,
        expiresFrom,
        expiresUntil,
        rsaBelow,
        name);
  }

  /** One line for people and for the roll. */
  public String text() {
    StringJoiner words = new StringJoiner(" and ");
    organization.ifPresent(id -> words.add("organization " + id));
    profile.ifPresent(text -> words.add("profile " + Quoted.of(text)));
    issuer.ifPresent(text -> words.add("issuer " + text));
    key.ifPresent(hash -> words.add("key " + hash));
    issuedFrom.ifPresent(at -> words.add("issued from " + at));
    issuedUntil.ifPresent(at -> words.add("issued before " + at));
    expiresFrom.ifPresent(at -> words.add("expires from " + at));
    expiresUntil.ifPresent(at -> words.add("expires before " + at));
    rsaBelow.ifPresent(bits -> words.add("RSA below " + bits + " bits"));
    name.ifPresent(text -> words.add("name " + Quoted.of(text)));
    return words.toString();
  }

  private static void mustBeSize(int bits) {
    if (bits < 1 || bits > LARGEST_RSA) {
      throw new Failure.Malformed(
              "selection", "rsaBelow", "must be 1 to " + LARGEST_RSA + " bits", "Chancery API")
          .thrown();
    }
  }

  private static void mustBePattern(String pattern) {
    if (pattern.isBlank() || pattern.length() > LONGEST_PATTERN) {
      throw new Failure.Malformed(
              "selection",
              "name",
              "must be 1 to " + LONGEST_PATTERN + " characters",
              "Chancery API")
          .thrown();
    }
    if (pattern.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
      throw new Failure.Malformed(
              "selection", "name", "names are printable ASCII", "RFC 5280 s4.2.1.6")
          .thrown();
    }
  }
}
