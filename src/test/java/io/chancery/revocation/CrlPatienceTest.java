package io.chancery.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.x509.CrlScope;
import io.chancery.x509.IssuerName;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** An outage of an hour takes some hundred CRL numbers, not thousands, and its end is seen soon. */
class CrlPatienceTest {
  private static final CrlSlot SLOT = CrlSlot.complete(new IssuerName("issuing"), CrlScope.WHOLE);

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final CrlPatience patience = new CrlPatience(nanos::get);

  @Test
  void whatFailsIsTriedLessOftenAndNeverLaterThanEightSeconds() {
    int attempts = 0;
    long last = 0;
    for (long tick = 0; tick < 3600 * 10; tick++) {
      if (patience.isDue(SLOT)) {
        assertThat(tick - last).isLessThanOrEqualTo(80);
        last = tick;
        attempts++;
        patience.failed(SLOT);
      }
      nanos.addAndGet(Duration.ofMillis(100).toNanos());
    }
    assertThat(attempts).isBetween(400, 500);
  }

  @Test
  void whatWentWellIsDueAtOnce() {
    patience.failed(SLOT);
    assertThat(patience.isDue(SLOT)).isFalse();
    assertThat(patience.isDue(CrlSlot.delta(new IssuerName("issuing")))).isTrue();
    patience.wentWell(SLOT);
    assertThat(patience.isDue(SLOT)).isTrue();
  }
}
