package io.chancery.parts;

import java.time.Instant;

/**
 * A part of the service, as it is since some time.
 *
 * @param trouble empty while it is up
 */
public record Part(String name, boolean up, Instant since, String trouble) {
  /** What a person does about it. */
  public String remedy() {
    if (up) {
      return "";
    }
    return switch (name) {
      case "hsm" -> "bring the token back; nothing else needs a restart (docs/hsm.md)";
      case "database" -> "bring PostgreSQL back; the service finds it by itself";
      case "ledger" ->
          follows() ? "none of its own" : "look at what its copy is kept on (docs/ledger.md)";
      case "crl" -> "bring back what signing CRLs takes: hsm, database and disk";
      case "clock" -> "set the clock right (NTP) (docs/operations.md, clocks)";
      case "disk" -> "make room (docs/operations.md, disks)";
      default -> "look at the service's log";
    };
  }

  /** It comes back with the part that it says. */
  private boolean follows() {
    return trouble.startsWith("database is away") || trouble.startsWith("HSM is away");
  }
}
