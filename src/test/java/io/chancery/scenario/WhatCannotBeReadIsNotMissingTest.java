package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Transactions;
import io.chancery.testing.Csrs;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.chancery.x509.SerialNumber;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/**
 * A connection that was closed while it lay in the pool, as the pulse closes those that have gone
 * silent: whoever gets it hears that the database is away, and not that what it asks for does not
 * exist.
 */
@QuarkusTest
@WithTestResource(World.class)
class WhatCannotBeReadIsNotMissingTest {
  @Inject Tenant tenants;
  @Inject Inventory inventory;
  @Inject Transactions transactions;
  @Inject AgroalDataSource pool;

  private SerialNumber known;

  @BeforeEach
  void somethingThatWasIssued() {
    known =
        tenants
            .fresh("dns:internal.test")
            .enrol("tls-client", Csrs.ec("").dns("known.internal.test"))
            .certificate()
            .serial();
  }

  @Test
  void aRowThatIsLookedFor() {
    assertThatThrownBy(() -> afterABreak(() -> inventory.entry(known)))
        .isInstanceOfSatisfying(PkiException.class, this::isAway);
  }

  @Test
  void aRowThatMustBeThere() {
    assertThatThrownBy(() -> afterABreak(() -> inventory.find(known).orElseThrow()))
        .isInstanceOfSatisfying(PkiException.class, this::isAway);
  }

  @Test
  void aRowThatMayBeThere() {
    assertThatThrownBy(() -> afterABreak(() -> inventory.find(known)))
        .isInstanceOfSatisfying(PkiException.class, this::isAway);
  }

  @Test
  void whatIsMissingWhereItCanBeRead() {
    SerialNumber other = SerialNumber.parse("4f".repeat(20));

    assertThatThrownBy(() -> transactions.call(() -> inventory.entry(other)))
        .isInstanceOfSatisfying(
            PkiException.class,
            thrown -> assertThat(thrown.failure()).isInstanceOf(Failure.NotFound.class));
  }

  private void isAway(PkiException thrown) {
    assertThat(thrown.failure())
        .isInstanceOfSatisfying(
            Failure.Unavailable.class, away -> assertThat(away.part()).isEqualTo("database"));
    // Not that a commit may have taken place: whoever asked knows that nothing was done.
    assertThat(thrown).hasMessageContaining("the connection broke");
  }

  /**
   * In a transaction that gets a connection which was closed while it lay in the pool. Work of the
   * service's own may take that one first; then another is closed.
   */
  private Object afterABreak(Supplier<?> look) throws SQLException {
    AtomicBoolean met = new AtomicBoolean();
    for (int attempt = 1; ; attempt++) {
      closeOneInThePool();
      Object seen =
          transactions.call(
              () -> {
                try {
                  return look.get();
                } finally {
                  met.set(QuarkusTransaction.isRollbackOnly());
                }
              });
      if (met.get() || attempt == 20) {
        return seen;
      }
    }
  }

  private void closeOneInThePool() throws SQLException {
    Connection physical;
    try (Connection connection = pool.getConnection()) {
      physical = (Connection) connection.unwrap(PGConnection.class);
    }
    physical.abort(Runnable::run);
  }
}
