package io.chancery.hsm.crew;

import java.util.ArrayList;
import java.util.List;

/** Whose work it is. Each share has its own queue, and sessions that serve it first. */
public enum Share {
  /** Certificates. */
  ISSUANCE,
  /** What the authority owes everybody: CRLs, checkpoints, filters; little, and never late. */
  RECORDS,
  /** OCSP answers: asked for by anybody, in any number. */
  STATUS;

  /**
   * What each of so many sessions works for, dearest first. OCSP never has all sessions, and from
   * four on neither has it together with the records.
   */
  static List<List<Share>> placed(int sessions) {
    return switch (sessions) {
      case 1 -> List.of(List.of(RECORDS, ISSUANCE, STATUS));
      case 2 -> List.of(List.of(ISSUANCE, RECORDS), List.of(RECORDS, STATUS, ISSUANCE));
      case 3 ->
          List.of(
              List.of(ISSUANCE, RECORDS),
              List.of(RECORDS, ISSUANCE, STATUS),
              List.of(STATUS, RECORDS, ISSUANCE));
      default -> {
        List<List<Share>> places = new ArrayList<>();
        places.add(List.of(ISSUANCE));
        places.add(List.of(RECORDS, ISSUANCE));
        for (int i = 3; i < sessions; i++) {
          places.add(List.of(ISSUANCE, RECORDS, STATUS));
        }
        places.add(List.of(STATUS, RECORDS, ISSUANCE));
        yield List.copyOf(places);
      }
    };
  }
}
