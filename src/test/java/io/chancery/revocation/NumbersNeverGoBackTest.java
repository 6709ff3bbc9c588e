package io.chancery.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.inventory.Transactions;
import io.chancery.testing.Book;
import io.chancery.testing.World;
import io.chancery.x509.CrlScope;
import io.chancery.x509.IssuerName;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RFC 5280 s5.2.3: whatever the clock does, and however many ask at once. */
@QuarkusTest
@WithTestResource(World.class)
class NumbersNeverGoBackTest {
  private static final Instant NOW = Instant.parse("2030-01-02T03:04:05Z");

  @Inject CrlBook book;
  @Inject Transactions transactions;
  @Inject Book tables;

  /** No entry of the roll tells of these. */
  @AfterEach
  void leaveNothing() throws Exception {
    tables.change("delete from crl_series where issuer <> 'issuing'");
  }

  @Test
  void aClockThatGoesBackTakesNothingWithIt() {
    IssuerName issuer = new IssuerName("clock-jumps");
    CrlBook.Numbered first = next(issuer, CrlScope.WHOLE, NOW);
    CrlBook.Numbered second = next(issuer, CrlScope.WHOLE, NOW.minusSeconds(86_400));
    CrlBook.Numbered third = next(issuer, CrlScope.WHOLE, NOW.plusSeconds(10));
    assertThat(List.of(first.number(), second.number(), third.number()))
        .containsExactly(1L, 2L, 3L);
    assertThat(second.thisUpdate()).isEqualTo(first.thisUpdate()).isEqualTo(NOW);
    assertThat(third.thisUpdate()).isEqualTo(NOW.plusSeconds(10));
  }

  @Test
  void everyScopeCountsForItself() {
    IssuerName issuer = new IssuerName("scopes");
    next(issuer, CrlScope.WHOLE, NOW);
    next(issuer, CrlScope.WHOLE, NOW);
    assertThat(next(issuer, CrlScope.shard(3), NOW).number()).isEqualTo(1);
    assertThat(next(issuer, CrlScope.WHOLE, NOW).number()).isEqualTo(3);
  }

  @Test
  void aReplayOfTheRollOnlyPushesForward() {
    IssuerName issuer = new IssuerName("replayed");
    reached(issuer, 40, NOW);
    reached(issuer, 12, NOW.plusSeconds(60));
    reached(issuer, 39, NOW.minusSeconds(60));
    CrlBook.Numbered next = next(issuer, CrlScope.WHOLE, NOW);
    assertThat(next.number()).isEqualTo(41);
    assertThat(next.thisUpdate()).isEqualTo(NOW.plusSeconds(60));
  }

  @Test
  void manyAtOnceGetDifferentNumbers() {
    IssuerName issuer = new IssuerName("crowd");
    Set<Long> numbers = new ConcurrentSkipListSet<>();
    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 40)
          .forEach(
              i -> crowd.execute(() -> numbers.add(next(issuer, CrlScope.WHOLE, NOW).number())));
    }
    assertThat(numbers).hasSize(40).contains(1L, 40L);
  }

  private CrlBook.Numbered next(IssuerName issuer, CrlScope scope, Instant now) {
    return transactions.call(() -> book.next(issuer, scope, now));
  }

  private void reached(IssuerName issuer, long number, Instant thisUpdate) {
    transactions.run(
        () -> book.reached(issuer, CrlScope.WHOLE, new CrlBook.Numbered(number, thisUpdate)));
  }
}
