package io.chancery.inventory;

import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.Quoted;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.Thumbprint;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;

/**
 * A search in the book: newest first, or those that end last first where it is about ends. Every
 * filter narrows; an empty one does not.
 *
 * @param name a subject alternative name in its text form, exactly
 * @param subject the beginning of the subject's text
 * @param status {@code good}, {@code held}, {@code revoked} or {@code expired}
 */
public record Query(
    Optional<OrganizationId> organization,
    Optional<String> name,
    Optional<String> subject,
    Optional<String> profile,
    Optional<String> issuer,
    Optional<Thumbprint> key,
    Optional<Status> status,
    Optional<Instant> expiresFrom,
    Optional<Instant> expiresUntil,
    Optional<Cursor> after,
    int limit) {
  /** The most that one page holds. */
  public static final int LARGEST_PAGE = 500;

  public Query {
    if (limit < 1 || limit > LARGEST_PAGE) {
      throw new Failure.Malformed(
              "query", "limit", "must be 1 to " + LARGEST_PAGE, "Chancery search")
          .thrown();
    }
  }

  /** Nothing filtered. */
  public static Query everything(int limit) {
    return new Query(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        limit);
  }

  /** Whether it says anything of when certificates end, other than that they are in force. */
  boolean isAboutEnds() {
    return expiresFrom.isPresent()
        || expiresUntil.isPresent()
        || status.filter(Status.EXPIRED::equals).isPresent();
  }

  /** What a certificate can be looked for by. */
  public enum Status {
    GOOD,
    HELD,
    REVOKED,
    EXPIRED
  }

  /** Where the last page ended, in its order. Its text is opaque to clients. */
  public record Cursor(Instant at, SerialNumber serial) {
    private static final long LAST_MICROS =
        ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("9999-12-31T23:59:59Z"));

    public String text() {
      String plain = ChronoUnit.MICROS.between(Instant.EPOCH, at) + ":" + serial.hex();
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }

    static Cursor of(long micros, SerialNumber serial) {
      return new Cursor(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), serial);
    }

    public static Cursor parse(String text) {
      try {
        String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
        int colon = plain.indexOf(':');
        long micros = Long.parseLong(plain.substring(0, colon));
        if (micros < 0 || micros > LAST_MICROS) {
          throw new IllegalArgumentException("a time that the book cannot hold");
        }
        return of(micros, SerialNumber.parse(plain.substring(colon + 1)));
      } catch (IllegalArgumentException
          | IndexOutOfBoundsException
          | DateTimeException
          | ArithmeticException notOurs) {
        throw new Failure.Malformed(
                "query", "cursor", Quoted.of(text) + " was not handed out here", "Chancery search")
            .because(notOurs);
      }
    }
  }
}
