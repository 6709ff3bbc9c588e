package io.chancery.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chancery.enrolment.Preview;
import io.chancery.x509.TbsText;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What would be issued.
 *
 * @param passes whether a request like this would be answered with a certificate
 * @param tbs base64 of the to-be-signed certificate; its serial will not be used
 * @param text the same for people
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PreviewView(
    boolean passes,
    List<CheckView> checks,
    Optional<String> tbs,
    Optional<List<String>> text,
    Optional<Instant> notBefore,
    Optional<Instant> notAfter,
    List<String> differences) {
  /** One rule. {@code found} is there when it did not pass. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record CheckView(String rule, String clause, boolean pass, Optional<String> found) {}

  public static PreviewView of(Preview preview) {
    return new PreviewView(
        preview.passes(),
        preview.checks().stream()
            .map(
                check ->
                    new CheckView(
                        check.rule(), check.clause(), check.found().isEmpty(), check.found()))
            .toList(),
        preview.examined().map(e -> Base64.getEncoder().encodeToString(e.tbs().octets())),
        preview.examined().map(e -> TbsText.lines(e.tbs())),
        preview.examined().map(e -> e.validity().notBefore()),
        preview.examined().map(e -> e.validity().notAfter()),
        preview.differences());
  }
}
