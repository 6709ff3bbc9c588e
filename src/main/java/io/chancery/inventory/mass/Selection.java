package io.chancery.inventory.mass;

import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.PkiException;
import io.chancery.Quoted;
import io.chancery.x509.IssuerName;
import io.chancery.x509.Thumbprint;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

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
  private static final int LONGEST = 200;
  private static final Instant FIRST = Instant.parse("1950-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private static final String ORGANIZATION = "organization";
  private static final String PROFILE = "profile";
  private static final String ISSUER = "issuer";
  private static final String KEY = "key";
  private static final String ISSUED_FROM = "issuedFrom";
  private static final String ISSUED_UNTIL = "issuedUntil";
  private static final String EXPIRES_FROM = "expiresFrom";
  private static final String EXPIRES_UNTIL = "expiresUntil";
  private static final String RSA_BELOW = "rsaBelow";
  private static final String NAME = "name";

  public Selection {
    rsaBelow.ifPresent(Selection::mustBeSize);
    profile.ifPresent(text -> mustBePrintable("profile", text));
    name.ifPresent(text -> mustBePrintable("name", text));
  }

  /**
   * Reads {@link #criteria}; a value that is left out, or empty, is no criterion.
   *
   * @throws io.chancery.PkiException with {@code Malformed} where nothing is left
   */
  public static Selection of(Map<String, String> criteria) {
    Function<String, Optional<String>> given =
        name -> Optional.ofNullable(criteria.get(name)).filter(text -> !text.isEmpty());
    Selection selection =
        new Selection(
            given.apply(ORGANIZATION).map(OrganizationId::new),
            given.apply(PROFILE),
            given.apply(ISSUER).map(IssuerName::new),
            given.apply(KEY).map(Thumbprint::parse),
            given.apply(ISSUED_FROM).map(text -> time(ISSUED_FROM, text)),
            given.apply(ISSUED_UNTIL).map(text -> time(ISSUED_UNTIL, text)),
            given.apply(EXPIRES_FROM).map(text -> time(EXPIRES_FROM, text)),
            given.apply(EXPIRES_UNTIL).map(text -> time(EXPIRES_UNTIL, text)),
            given
                .apply(RSA_BELOW)
                .map(text -> OptionalInt.of(number(text)))
                .orElse(OptionalInt.empty()),
            given.apply(NAME));
    if (selection.criteria().isEmpty()) {
      throw malformed("", "names no criterion");
    }
    return selection;
  }

  /** What narrows it, by its name in the API, in one order. */
  public SequencedMap<String, String> criteria() {
    SequencedMap<String, String> all = new LinkedHashMap<>();
    organization.ifPresent(id -> all.put(ORGANIZATION, id.value()));
    profile.ifPresent(text -> all.put(PROFILE, text));
    issuer.ifPresent(one -> all.put(ISSUER, one.value()));
    key.ifPresent(hash -> all.put(KEY, hash.hex()));
    issuedFrom.ifPresent(at -> all.put(ISSUED_FROM, at.toString()));
    issuedUntil.ifPresent(at -> all.put(ISSUED_UNTIL, at.toString()));
    expiresFrom.ifPresent(at -> all.put(EXPIRES_FROM, at.toString()));
    expiresUntil.ifPresent(at -> all.put(EXPIRES_UNTIL, at.toString()));
    rsaBelow.ifPresent(bits -> all.put(RSA_BELOW, String.valueOf(bits)));
    name.ifPresent(pattern -> all.put(NAME, pattern));
    return all;
  }

  /** One criterion a line, {@code name=value}. */
  public String text() {
    return criteria().entrySet().stream()
        .map(one -> one.getKey() + "=" + one.getValue())
        .collect(Collectors.joining("\n"));
  }

  /** Reads {@link #text}. */
  public static Selection parse(String text) {
    Map<String, String> criteria = new LinkedHashMap<>();
    text.lines()
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              if (equals < 0) {
                throw malformed("", "a line without a value");
              }
              criteria.put(line.substring(0, equals), line.substring(equals + 1));
            });
    return of(criteria);
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

  private static Instant time(String criterion, String text) {
    try {
      Instant time = Instant.parse(text);
      // RFC 5280 s4.1.2.5: from UTCTime's first year to GeneralizedTime's last.
      if (!time.isBefore(FIRST) && !time.isAfter(LAST)) {
        return time;
      }
    } catch (DateTimeException notIso) {
      throw malformed(criterion, Quoted.of(text) + " is no time such as 2030-01-31T12:00:00Z");
    }
    throw malformed(criterion, Quoted.of(text) + " is not between 1950 and 9999");
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException notNumber) {
      throw malformed(RSA_BELOW, Quoted.of(text) + " is no number of bits");
    }
  }

  private static void mustBeSize(int bits) {
    if (bits < 1 || bits > LARGEST_RSA) {
      throw malformed(RSA_BELOW, "must be 1 to " + LARGEST_RSA + " bits");
    }
  }

  private static void mustBePrintable(String criterion, String text) {
    if (text.isBlank()
        || text.length() > LONGEST
        || text.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
      throw malformed(criterion, "must be 1 to " + LONGEST + " printable ASCII characters");
    }
  }

  private static PkiException malformed(String where, String reason) {
    return new Failure.Malformed("selection", where, reason, "Chancery API").thrown();
  }
}
