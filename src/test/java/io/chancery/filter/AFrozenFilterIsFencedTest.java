package io.chancery.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.inventory.Moments;
import io.chancery.inventory.NotBeforeFloor;
import io.chancery.inventory.OtherReplica;
import io.chancery.inventory.Transactions;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.ledger.note.NoteSigner;
import io.chancery.profile.Profiles;
import io.chancery.testing.Book;
import io.chancery.testing.World;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A replica stands still before it signs a filter, and another makes one meanwhile. */
@QuarkusTest
@WithTestResource(World.class)
class AFrozenFilterIsFencedTest {
  @Inject FilterPublisher publisher;
  @Inject Issuers issuers;
  @Inject Profiles profiles;
  @Inject NotBeforeFloor floor;
  @Inject Moments moments;
  @Inject RevocationFilterRows rows;
  @Inject Filters published;

  @Inject
  @Identifier("filter")
  NoteSigner signer;

  @Inject FilterTerms terms;
  @Inject OtherReplica other;
  @Inject Transactions transactions;
  @Inject Scheduler timers;
  @Inject Book book;

  private final CountDownLatch frozen = new CountDownLatch(1);
  private final CountDownLatch awake = new CountDownLatch(1);

  @BeforeEach
  void onlyThisTestPublishes() {
    timers.pause("filter");
  }

  @AfterEach
  void theTimerGoesOn() {
    awake.countDown();
    timers.resume("filter");
  }

  @Test
  void itsLateFilterIsNotKept() throws Exception {
    Issuer issuer = issuers.all().getFirst();
    FilterPublisher zombie =
        new FilterPublisher(
            issuers,
            profiles,
            floor,
            moments,
            rows,
            published,
            new NoteSigner(signer.key(), this::late),
            other.leases(),
            transactions,
            terms,
            InstantSource.system());
    leaseIsFree();
    CompletableFuture<Void> late = CompletableFuture.runAsync(() -> zombie.publish(issuer));
    assertThat(frozen.await(30, TimeUnit.SECONDS)).as("it has stopped").isTrue();

    leaseIsFree();
    publisher.publish(issuer);
    long newer = book.number("select number from revocation_filter");
    byte[] file = published.current(issuer.name()).orElseThrow().file();

    awake.countDown();
    assertThat(late)
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            PkiException.class,
            refused -> assertThat(refused.failure()).isInstanceOf(Failure.Conflict.class));
    assertThat(book.number("select number from revocation_filter")).isEqualTo(newer);
    assertThat(published.current(issuer.name()).orElseThrow().file()).isEqualTo(file);
  }

  private byte[] late(byte[] octets) {
    frozen.countDown();
    try {
      awake.await();
    } catch (InterruptedException stop) {
      throw new CompletionException(stop);
    }
    return signer.signing().apply(octets);
  }

  private void leaseIsFree() throws Exception {
    book.change(
        "update lease set expires_at = now() - interval '1 second' where name like 'filter/%'");
  }
}
