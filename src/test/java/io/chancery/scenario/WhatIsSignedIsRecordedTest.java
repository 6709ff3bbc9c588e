package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.Book;
import io.chancery.testing.Meeting;
import io.chancery.testing.OwnRequests;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

/** An intention and a record that meet: both are written at once, or the record goes on alone. */
@QuarkusTest
@WithTestResource(World.class)
class WhatIsSignedIsRecordedTest {
  private static final int TRIES = 10;

  @Inject Meeting meeting;
  @Inject Book book;

  private final OwnRequests own = new OwnRequests("signed");

  @Test
  void theyShareOneTransaction() throws Exception {
    for (int i = 0; i < TRIES; i++) {
      Meeting.Met met = meeting.of(own, Connection::rollback);
      String signed = met.signed().reservation().serial().hex();
      assertThat(met.recorded().join().serial().hex()).isEqualTo(signed);
      if (met.intended().isCompletedExceptionally()) {
        continue; // on a very slow machine it gives up its wait for the lock
      }
      String intended = met.intended().join().serial().hex();
      if (xmin("CERTIFICATE_RESERVED", intended).equals(xmin("CERTIFICATE_ISSUED", signed))) {
        return;
      }
    }
    throw new AssertionError("they never met in " + TRIES + " tries");
  }

  @Test
  void aHaltRefusesTheIntentionOnly() throws Exception {
    Meeting.Met met;
    try {
      met =
          meeting.of(
              own,
              holder -> {
                holder
                    .createStatement()
                    .execute(
                        "insert into signing_halt (id, reason, halted_by, halted_at)"
                            + " values (gen_random_uuid(), 'a test', 'test', now())");
                holder.commit();
              });
    } finally {
      book.change("update signing_halt set resumed_at = now() where resumed_at is null");
    }
    String signed = met.signed().reservation().serial().hex();
    assertThat(met.recorded().join().serial().hex()).isEqualTo(signed);
    assertThat(met.intended()).isCompletedExceptionally();
    assertThat(book.number("select count(*) from certificate where serial = ?", signed))
        .isEqualTo(1);
    assertThat(book.number("select count(*) from reservation where serial = ?", signed)).isZero();
  }

  private String xmin(String kind, String serial) {
    return book.texts(
            "select xmin::text from ledger_entry where kind = ? and subject = ?", kind, serial)
        .getFirst();
  }
}
