package io.chancery.ocsp;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What is sent often, by the octets of the request or the path of a GET. One place for each hash,
 * so the memory is bounded and nothing is ever searched. Whatever is in a place keeps it while it
 * is asked for as often as the others of its hash: an answer that is put away and soon thrown out
 * again has been copied by the garbage collector, and one that is never put away has not.
 */
final class FinishedAnswers {
  /** Others that are asked for before a newcomer gives way that is asked for no more. */
  private static final int AT_FIRST = 8;

  /** The same of what was asked for often. */
  private static final int AT_MOST = 16;

  private final AtomicReferenceArray<Slot> slots;
  private final int mask;

  /** Places for so many answers, a power of two. */
  FinishedAnswers(int places) {
    this.slots = new AtomicReferenceArray<>(places);
    this.mask = places - 1;
  }

  /** Threads count without taking turns: a count that is lost decides nothing but who stays. */
  private abstract static sealed class Slot {
    final Finished finished;
    private int credit = AT_FIRST;

    Slot(Finished finished) {
      this.finished = finished;
    }

    final Optional<Finished> asked() {
      if (credit < AT_MOST) {
        credit++;
      }
      return Optional.of(finished);
    }

    /** Whether another takes the place. */
    final boolean givesWay() {
      return --credit < 0;
    }

    abstract boolean isAskedLike(Slot other);
  }

  private static final class ByPath extends Slot {
    final String path;

    ByPath(String path, Finished finished) {
      super(finished);
      this.path = path;
    }

    @Override
    boolean isAskedLike(Slot other) {
      return other instanceof ByPath there && there.path.equals(path);
    }
  }

  private static final class ByOctets extends Slot {
    final byte[] octets;

    ByOctets(byte[] octets, Finished finished) {
      super(finished);
      this.octets = octets;
    }

    @Override
    boolean isAskedLike(Slot other) {
      return other instanceof ByOctets there && Arrays.equals(there.octets, octets);
    }
  }

  Optional<Finished> find(String path) {
    return slots.get(slot(path.hashCode())) instanceof ByPath there && there.path.equals(path)
        ? there.asked()
        : Optional.empty();
  }

  Optional<Finished> find(byte[] octets) {
    return slots.get(slot(Arrays.hashCode(octets))) instanceof ByOctets there
            && Arrays.equals(there.octets, octets)
        ? there.asked()
        : Optional.empty();
  }

  void put(String path, Finished finished) {
    put(slot(path.hashCode()), new ByPath(path, finished));
  }

  void put(byte[] octets, Finished finished) {
    put(slot(Arrays.hashCode(octets)), new ByOctets(octets, finished));
  }

  private void put(int at, Slot newcomer) {
    Slot there = slots.get(at);
    if (there == null || there.isAskedLike(newcomer) || there.givesWay()) {
      slots.set(at, newcomer);
    }
  }

  private int slot(int hash) {
    return (hash ^ hash >>> 15) & mask;
  }
}
