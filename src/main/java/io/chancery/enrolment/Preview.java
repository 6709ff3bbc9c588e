package io.chancery.enrolment;

import io.chancery.PkiException;
import io.chancery.issuance.Examination;
import io.chancery.profile.Verdict;
import io.chancery.x509.Der;
import io.chancery.x509.Validity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What enrolment would do.
 *
 * @param checks every rule with its outcome, policy first, then lint
 * @param examined the certificate as it would be signed; empty where policy refuses
 * @param differences what the certificate would have that the request did not ask, and the reverse
 */
public record Preview(List<Check> checks, Optional<Examined> examined, List<String> differences) {
  /** One rule: {@code found} says what it has against the certificate; empty means it passed. */
  public record Check(String rule, String clause, Optional<String> found) {}

  /** The to-be-signed certificate with a serial that will not be used, and its lint. */
  public record Examined(Der tbs, Validity validity, List<Check> checks) {
    public Examined {
      checks = List.copyOf(checks);
    }

    static Examined of(Examination examination) {
      return new Examined(
          examination.tbs(),
          examination.validity(),
          examination.results().stream()
              .map(result -> new Check(result.rule(), result.clause(), result.found()))
              .toList());
    }
  }

  public Preview {
    checks = List.copyOf(checks);
    differences = List.copyOf(differences);
  }

  /** Whether it would be issued. */
  public boolean passes() {
    return examined.isPresent() && checks.stream().allMatch(check -> check.found().isEmpty());
  }

  static Preview of(
      EnrolmentRequest request,
      Verdict history,
      List<Verdict> verdicts,
      Supplier<Examined> examine) {
    List<Check> checks = new ArrayList<>();
    checks.add(check(history));
    verdicts.forEach(verdict -> checks.add(check(verdict)));
    if (checks.stream().anyMatch(check -> check.found().isPresent())) {
      return new Preview(checks, Optional.empty(), List.of());
    }
    try {
      Examined examined = examine.get();
      checks.addAll(examined.checks());
      return new Preview(
          checks, Optional.of(examined), Differences.between(request.csr(), examined.tbs()));
    } catch (PkiException refused) {
      checks.add(new Check("prepare", "", Optional.of(refused.failure().detail())));
      return new Preview(checks, Optional.empty(), List.of());
    }
  }

  private static Check check(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accepted accepted -> new Check(accepted.rule(), "", Optional.empty());
      case Verdict.Refused refused ->
          new Check(refused.rule(), "", Optional.of(refused.reason() + "; " + refused.remedy()));
    };
  }
}
