package io.chancery.api.overview;

import io.chancery.parts.Part;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that a person asks first.
 *
 * @param state well, degraded (something waits, status is answered), or down (it is not)
 * @param alerts absent while the database is away; so are the leases
 */
record Overview(
    State state,
    String replica,
    Instant time,
    Issuing issuing,
    List<PartView> parts,
    List<CrlView> crls,
    Ocsp ocsp,
    LedgerView ledger,
    Optional<List<AlertView>> alerts,
    Optional<List<LeaseView>> leases) {
  enum State {
    WELL,
    DEGRADED,
    DOWN
  }

  /** Whether certificates are signed, and why not. */
  record Issuing(boolean on, List<String> why) {}

  record PartView(String name, boolean up, Instant since, String trouble, String remedy) {
    static PartView of(Part part) {
      return new PartView(part.name(), part.up(), part.since(), part.trouble(), part.remedy());
    }
  }

  record CrlView(
      String slot, long number, Instant thisUpdate, Instant nextUpdate, boolean inForce) {}

  /** Answers made ahead, and how many of them may not be sent any more. */
  record Ocsp(int answers, int overdue) {}

  record LedgerView(long behindSeconds) {}

  record AlertView(String severity, String kind, Instant raisedAt, String text) {}

  record LeaseView(String name, String holder, long secondsLeft, boolean own) {}
}
