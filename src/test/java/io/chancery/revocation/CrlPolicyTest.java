package io.chancery.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.x509.CrlScope;
import io.chancery.x509.IssuerName;
import io.chancery.x509.Thumbprint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is due when, by what is there. */
class CrlPolicyTest {
  private static final IssuerName ISSUER = new IssuerName("paper");
  private static final Instant NOW = Instant.parse("2030-01-02T03:04:05Z");

  private final CrlPolicy policy = new CrlPolicy(new Config(), 2);

  private record Config() implements CrlConfig {
    @Override
    public Duration lifetime() {
      return Duration.ofHours(24);
    }

    @Override
    public Duration refresh() {
      return Duration.ofHours(1);
    }

    @Override
    public int atOnce() {
      return 100;
    }

    @Override
    public Duration pace() {
      return Duration.ZERO;
    }

    @Override
    public Duration look() {
      return Duration.ofSeconds(1);
    }
  }

  @Test
  void atFirstEverythingButADeltaWithoutABase() {
    assertThat(policy.wholeIsDue(List.of(), NOW)).isTrue();
    assertThat(policy.dueShards(List.of(), NOW))
        .containsExactly(CrlScope.shard(0), CrlScope.shard(1));
    assertThat(policy.deltaIsDue(List.of(), NOW)).isFalse();
  }

  @Test
  void aSmallCompleteOneFollowsEveryChangeALargeOneWaits() {
    assertThat(policy.wholeIsDue(List.of(complete(5, 100, Seen.ALL)), NOW)).isFalse();
    assertThat(policy.wholeIsDue(List.of(complete(5, 100, Seen.BEHIND)), NOW)).isTrue();
    assertThat(policy.wholeIsDue(List.of(complete(5, 101, Seen.BEHIND)), NOW)).isFalse();
    assertThat(
            policy.wholeIsDue(
                List.of(complete(5, 101, Seen.BEHIND)), NOW.plus(Duration.ofHours(1))))
        .isTrue();
    assertThat(policy.wholeIsDue(List.of(complete(5, 101, Seen.UNKNOWN)), NOW)).isTrue();
  }

  @Test
  void theDeltaFollowsEveryChangeAndEveryCompleteOne() {
    CrlBook.Newest complete = complete(5, 101, Seen.BEHIND);
    assertThat(policy.deltaIsDue(List.of(complete), NOW)).isTrue();
    assertThat(policy.deltaIsDue(List.of(complete, delta(6, Seen.ALL)), NOW)).isFalse();
    assertThat(policy.deltaIsDue(List.of(complete, delta(6, Seen.BEHIND)), NOW)).isTrue();
    assertThat(policy.deltaIsDue(List.of(complete, delta(4, Seen.ALL)), NOW)).isTrue();
    assertThat(
            policy.deltaIsDue(List.of(complete, delta(6, Seen.ALL)), NOW.plus(Duration.ofHours(1))))
        .isTrue();
    assertThat(policy.deltaIsDue(List.of(complete(5, 101, Seen.UNKNOWN)), NOW)).isFalse();
  }

  @Test
  void aStartDoesNotWaitForALongOneWhileTheLastIsInForce() {
    CrlSlot whole = CrlSlot.complete(ISSUER, CrlScope.WHOLE);
    CrlSlot delta = CrlSlot.delta(ISSUER);
    CrlBook.Newest small = complete(5, 100, Seen.ALL);
    CrlBook.Newest large = complete(5, 101, Seen.ALL);
    Instant late = NOW.plus(Duration.ofHours(24)).minus(Duration.ofMinutes(9));

    assertThat(policy.mayFollowTheStart(List.of(), whole, NOW)).isFalse();
    assertThat(policy.mayFollowTheStart(List.of(small), whole, NOW)).isFalse();
    assertThat(policy.mayFollowTheStart(List.of(large), whole, NOW)).isTrue();
    assertThat(policy.mayFollowTheStart(List.of(large), whole, late)).isFalse();
    // How long a delta takes is how long the complete one is.
    assertThat(policy.mayFollowTheStart(List.of(large), delta, NOW)).isFalse();
    assertThat(policy.mayFollowTheStart(List.of(large, delta(6, Seen.ALL)), delta, NOW)).isTrue();
    assertThat(policy.mayFollowTheStart(List.of(small, delta(6, Seen.ALL)), delta, NOW)).isFalse();
    assertThat(policy.mayFollowTheStart(List.of(large, delta(6, Seen.ALL)), delta, late)).isFalse();
    assertThat(
            policy.mayFollowTheStart(
                List.of(large), CrlSlot.complete(ISSUER, CrlScope.shard(0)), NOW))
        .isFalse();
  }

  /** Certificates that name it are still out. */
  @Test
  void aShardThatWasUsedOnceGoesOn() {
    List<CrlBook.Newest> all =
        List.of(
            shard(0, Seen.ALL),
            shard(1, Seen.ALL),
            shard(7, Seen.BEHIND),
            complete(5, 1, Seen.ALL));
    assertThat(policy.shards(all))
        .containsExactly(CrlScope.shard(0), CrlScope.shard(1), CrlScope.shard(7));
    assertThat(policy.dueShards(all, NOW)).containsExactly(CrlScope.shard(7));
    assertThat(new CrlPolicy(new Config(), 0).shards(all)).hasSize(3);
  }

  @Test
  void aNumberWithoutACrlIsAGap() {
    assertThat(CrlPolicy.gap(List.of(complete(5, 1, Seen.ALL)), CrlScope.WHOLE)).isEmpty();
    CrlBook.Newest last = complete(5, 1, Seen.ALL);
    CrlBook.Newest lost =
        new CrlBook.Newest(CrlScope.WHOLE, 9, last.crl(), last.snapshot(), last.behind());
    assertThat(CrlPolicy.gap(List.of(lost), CrlScope.WHOLE)).contains(9L);
    assertThat(CrlPolicy.gap(List.of(lost), CrlScope.shard(0))).isEmpty();
  }

  private enum Seen {
    ALL,
    BEHIND,
    UNKNOWN
  }

  private static CrlBook.Newest complete(long number, long entries, Seen seen) {
    return newest(CrlSlot.complete(ISSUER, CrlScope.WHOLE), number, entries, seen);
  }

  private static CrlBook.Newest delta(long number, Seen seen) {
    return newest(CrlSlot.delta(ISSUER), number, 1, seen);
  }

  private static CrlBook.Newest shard(int shard, Seen seen) {
    return newest(CrlSlot.complete(ISSUER, CrlScope.shard(shard)), 5, 1, seen);
  }

  private static CrlBook.Newest newest(CrlSlot slot, long number, long entries, Seen seen) {
    return new CrlBook.Newest(
        slot.scope(),
        number,
        Optional.of(
            new PublishedCrl(
                slot,
                number,
                slot.isDelta() ? Optional.of(1L) : Optional.empty(),
                NOW.minusSeconds(60),
                NOW.plusSeconds(86_400),
                entries,
                10,
                Thumbprint.of(new byte[] {1}))),
        seen == Seen.UNKNOWN ? Optional.empty() : Optional.of("1:1:"),
        seen == Seen.BEHIND);
  }
}
