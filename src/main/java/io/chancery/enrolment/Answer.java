package io.chancery.enrolment;

import io.chancery.inventory.Entry;
import io.chancery.x509.SerialNumber;
import java.util.UUID;

/** What becomes of a request that is not refused. */
public sealed interface Answer {
  /** A certificate, and whether it is one that the same request without a key had been given. */
  record Given(Entry entry, Kind kind) implements Answer {}

  /** Reserved to the bit, and signed once other people have approved it. */
  record Awaiting(SerialNumber serial, UUID proposal) implements Answer {}

  /** How a certificate came about. */
  enum Kind {
    /** Issued for this request, or for the Idempotency-Key that it carries. */
    ISSUED,
    /** Issued a short time ago for the same request. */
    REPEATED
  }
}
