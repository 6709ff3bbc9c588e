package io.chancery.issuance;

import java.util.Optional;

/** What one rule said of a certificate; {@code found} is empty where the rule holds. */
public record LintResult(String rule, String clause, Optional<String> found) {
  public boolean passed() {
    return found.isEmpty();
  }
}
