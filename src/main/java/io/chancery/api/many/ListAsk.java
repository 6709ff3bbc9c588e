package io.chancery.api.many;

import io.chancery.Failure;
import io.chancery.api.RevocationResource;
import io.chancery.revocation.bulk.Plan;
import io.chancery.x509.RevocationReason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that wants certificates revoked.
 *
 * @param reason a name of RFC 5280 s5.3.1
 * @param invalidityDate ISO 8601 instant, in the past
 * @param fingerprint of a preview, where the list must be what it showed
 * @param comment for the people who decide
 * @param replace where owners get time for successors
 */
public record ListAsk(
    @Nullable SelectionAsk selection,
    @Nullable String reason,
    @Nullable String invalidityDate,
    @Nullable String fingerprint,
    @Nullable String comment,
    @Nullable ReplaceAsk replace) {
  /**
   * @param until who has a successor by then is revoked then
   * @param deadline the rest is revoked then
   */
  public record ReplaceAsk(@Nullable String until, @Nullable String deadline) {}

  Plan plan() {
    return new Plan(
        RevocationReason.parse(present("reason", reason)),
        Optional.ofNullable(invalidityDate).map(RevocationResource::instant),
        Optional.ofNullable(replace)
            .map(
                times ->
                    new Plan.Grace(
                        RevocationResource.instant(present("replace.until", times.until())),
                        RevocationResource.instant(
                            present("replace.deadline", times.deadline())))));
  }

  static ListAsk present(@Nullable ListAsk ask) {
    if (ask == null) {
      throw new Failure.Malformed("JSON", "", "is missing", "Chancery API").thrown();
    }
    return ask;
  }

  private static String present(String name, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new Failure.Malformed(name, "", "is missing", "Chancery API").thrown();
    }
    return value;
  }
}
