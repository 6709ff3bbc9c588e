package io.chancery.chaos.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.enrolment.SignedNow;
import io.chancery.inventory.Entry;
import io.chancery.testing.Book;
import io.chancery.testing.Meeting;
import io.chancery.testing.OwnRequests;
import io.chancery.testing.World;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * An intention and a record in one transaction, whose COMMIT arrives and its answer does not: the
 * intention is not written once more, and what was signed is in the book once and is found there.
 */
@QuarkusTest
@WithTestResource(value = World.class, initArgs = @ResourceArg(name = World.HARMED, value = "yes"))
class NobodyKnowsWhetherItStandsTest {
  private static final int TRIES = 5;
  private static final Duration HEALED = Duration.ofSeconds(20);

  @Inject Meeting meeting;
  @Inject SignedNow signing;
  @Inject Book book;

  @Test
  void theIntentionIsToldAndTheRecordIsFound() throws Exception {
    for (int i = 0; i < TRIES; i++) {
      if (theyMet("unknown-" + i)) {
        return;
      }
    }
    throw new AssertionError("they never met in " + TRIES + " tries");
  }

  /** Whether they met, and stand by one transaction. */
  private boolean theyMet(String caller) throws Exception {
    Meeting.Met met;
    try {
      met =
          meeting.of(
              new OwnRequests(caller),
              holder -> {
                Harm.set(Wire.Mood.ANSWER_LOST);
                holder.rollback();
              });
    } finally {
      Harm.set(Wire.Mood.PASSES);
    }
    String signed = met.signed().reservation().serial().hex();
    assertThat(failure(met.intended())).isInstanceOf(Failure.Unavailable.class);
    Entry found =
        await()
            .atMost(HEALED)
            .ignoreExceptionsInstanceOf(PkiException.class)
            .until(() -> signing.record(met.signed()), one -> true);
    assertThat(found.serial().hex()).isEqualTo(signed);
    assertThat(book.number("select count(*) from certificate where serial = ?", signed))
        .isEqualTo(1);
    assertThat(
            book.number(
                "select count(*) from ledger_entry where subject = ?"
                    + " and kind = 'CERTIFICATE_ISSUED'",
                signed))
        .isEqualTo(1);
    // What was signed, the one that held them up, and the intention: each at most once.
    String actor = "authority:" + caller;
    assertThat(
            book.number(
                "select count(*) from ledger_entry"
                    + " where actor = ? and kind = 'CERTIFICATE_RESERVED'",
                actor))
        .isBetween(1L, 3L);
    return book.number(
            "select count(*) from ledger_entry r join ledger_entry i"
                + " on i.xmin::text = r.xmin::text where r.actor = ?"
                + " and r.kind = 'CERTIFICATE_RESERVED' and i.subject = ?"
                + " and i.kind = 'CERTIFICATE_ISSUED'",
            actor,
            signed)
        == 1;
  }

  private static Failure failure(CompletableFuture<Entry> outcome) {
    assertThat(outcome).isCompletedExceptionally();
    return ((PkiException) outcome.exceptionNow()).failure();
  }
}
