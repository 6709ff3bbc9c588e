package io.chancery.revocation;

import io.chancery.x509.CrlScope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which CRLs of an issuer are due. */
final class CrlPolicy {
  /** Long for one of a million entries, which takes seconds (docs/performance.md). */
  private static final Duration A_WHILE = Duration.ofMinutes(10);

  private final CrlConfig config;
  private final int shards;

  CrlPolicy(CrlConfig config, int shards) {
    this.config = config;
    this.shards = shards;
  }

  /** Whether the whole issuer's complete CRL is due. */
  boolean wholeIsDue(List<CrlBook.Newest> all, Instant now) {
    return completeIsDue(all, CrlScope.WHOLE, now)
        || newest(all, CrlScope.WHOLE, CrlSlot.Kind.COMPLETE)
            .filter(CrlBook.Newest::behind)
            .flatMap(CrlBook.Newest::crl)
            .filter(crl -> crl.entries() <= config.atOnce())
            .isPresent();
  }

  /** The shards whose CRL is due: those in use now, and those that ever were. */
  List<CrlScope> dueShards(List<CrlBook.Newest> all, Instant now) {
    List<CrlScope> due = new ArrayList<>();
    for (CrlScope scope : shards(all)) {
      boolean behind =
          newest(all, scope, CrlSlot.Kind.COMPLETE).filter(CrlBook.Newest::behind).isPresent();
      if (behind || completeIsDue(all, scope, now)) {
        due.add(scope);
      }
    }
    return due;
  }

  /** Whether the delta is due: it follows every change, and every complete CRL. */
  boolean deltaIsDue(List<CrlBook.Newest> all, Instant now) {
    Optional<CrlBook.Newest> complete = newest(all, CrlScope.WHOLE, CrlSlot.Kind.COMPLETE);
    if (complete.flatMap(CrlBook.Newest::snapshot).isEmpty()) {
      return false; // nothing to build on
    }
    Optional<CrlBook.Newest> delta = newest(all, CrlScope.WHOLE, CrlSlot.Kind.DELTA);
    return delta.isEmpty()
        || delta.get().snapshot().isEmpty()
        || delta.get().behind()
        || isOld(delta.get(), now)
        // RFC 5280 s5.2.4: a delta is combined with complete CRLs of lower numbers.
        || number(delta.get()) < number(complete.get());
  }

  /**
   * Whether a start may serve before the next of this slot is signed: that takes long, and the last
   * one is in force for a while yet.
   */
  boolean mayFollowTheStart(List<CrlBook.Newest> all, CrlSlot slot, Instant now) {
    Instant then = now.plus(A_WHILE);
    return newest(all, slot.scope(), CrlSlot.Kind.COMPLETE)
            .flatMap(CrlBook.Newest::crl)
            .filter(complete -> complete.entries() > config.atOnce())
            .isPresent()
        && newest(all, slot.scope(), slot.kind())
            .flatMap(CrlBook.Newest::crl)
            .filter(last -> then.isBefore(last.nextUpdate()))
            .isPresent();
  }

  /** Every scope that is published. */
  List<CrlScope> shards(List<CrlBook.Newest> all) {
    List<CrlScope> scopes = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      scopes.add(CrlScope.shard(shard));
    }
    all.stream()
        .map(CrlBook.Newest::scope)
        .filter(scope -> !scope.isWhole() && !scopes.contains(scope))
        .distinct()
        .forEach(scopes::add);
    return scopes;
  }

  /**
   * The number that was given last, where no CRL of this series has it: a crash, or a replay of the
   * roll. Somebody may hold that CRL, so a newer one must follow.
   */
  static Optional<Long> gap(List<CrlBook.Newest> all, CrlScope scope) {
    List<CrlBook.Newest> its = all.stream().filter(one -> one.scope().equals(scope)).toList();
    long kept = its.stream().mapToLong(CrlPolicy::number).max().orElse(0);
    return its.stream()
        .map(CrlBook.Newest::reserved)
        .filter(reserved -> reserved > kept)
        .findFirst();
  }

  private boolean completeIsDue(List<CrlBook.Newest> all, CrlScope scope, Instant now) {
    Optional<CrlBook.Newest> last = newest(all, scope, CrlSlot.Kind.COMPLETE);
    return last.isEmpty() || last.get().snapshot().isEmpty() || isOld(last.get(), now);
  }

  private boolean isOld(CrlBook.Newest one, Instant now) {
    return one.crl().filter(crl -> now.isBefore(crl.thisUpdate().plus(config.refresh()))).isEmpty();
  }

  private static long number(CrlBook.Newest one) {
    return one.crl().map(PublishedCrl::number).orElse(0L);
  }

  private static Optional<CrlBook.Newest> newest(
      List<CrlBook.Newest> all, CrlScope scope, CrlSlot.Kind kind) {
    return all.stream()
        .filter(one -> one.scope().equals(scope))
        .filter(one -> one.crl().filter(crl -> crl.slot().kind() == kind).isPresent())
        .findFirst();
  }
}
