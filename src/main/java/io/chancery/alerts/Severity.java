package io.chancery.alerts;

/** How soon somebody must act. */
public enum Severity {
  /** Worth knowing. */
  INFO,
  /** Act within days. */
  WARNING,
  /** Act now. */
  CRITICAL
}
