package io.chancery.enrolment;

import io.chancery.inventory.Entry;

/** A certificate, and whether it is one that the same request without a key had been given. */
public record Answer(Entry entry, Kind kind) {
  /** How it came about. */
  public enum Kind {
    /** Issued for this request, or for the Idempotency-Key that it carries. */
    ISSUED,
    /** Issued a short time ago for the same request. */
    REPEATED
  }
}
