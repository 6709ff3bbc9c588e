package io.chancery.audit;

import io.chancery.ledger.EventKind;
import java.nio.file.Path;

/** A sound ledger, its copy and its book, for tests of other rooms. */
public final class AuditFixture {
  private final AuditedWorld world;

  private AuditFixture(AuditedWorld world) {
    this.world = world;
  }

  public static AuditFixture clone(Path folder) throws Exception {
    return new AuditFixture(AuditedWorld.clone(folder));
  }

  public Path copy() {
    return world.copy();
  }

  public String vkey() {
    return AuditedWorld.signer().key().vkey();
  }

  public String jdbcUrl() {
    return world.database().jdbcUrl();
  }

  public String user() {
    return world.database().user();
  }

  public String password() {
    return world.database().password();
  }

  /** By SQL, past the program; returns the leaf of the revocation. */
  public long unrevoke() {
    long leaf = world.leaf(EventKind.CERTIFICATE_REVOKED, 0);
    world.sql(
        "update certificate set status = 'good', reason = null, status_since = null,"
            + " status_version = 0 where serial = ?",
        world.subject(leaf));
    world.sql("delete from revoked where serial = ?", world.subject(leaf));
    return leaf;
  }
}
