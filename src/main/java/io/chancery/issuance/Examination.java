package io.chancery.issuance;

import io.chancery.x509.Der;
import io.chancery.x509.Validity;
import java.util.List;

/** The certificate that would be signed, and what every rule says of it; nothing was promised. */
public record Examination(Der tbs, Validity validity, List<LintResult> results) {
  public Examination {
    results = List.copyOf(results);
  }

  public boolean passed() {
    return results.stream().allMatch(LintResult::passed);
  }
}
