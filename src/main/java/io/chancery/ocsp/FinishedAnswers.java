package io.chancery.ocsp;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What was sent last, by the octets of the request or the path of a GET. One place for each hash: a
 * newcomer takes it, so the memory is bounded and nothing is ever searched.
 */
final class FinishedAnswers {
  private final AtomicReferenceArray<Slot> slots;
  private final int mask;

  /** Places for so many answers, a power of two. */
  FinishedAnswers(int places) {
    this.slots = new AtomicReferenceArray<>(places);
    this.mask = places - 1;
  }

  private sealed interface Slot {}

  private record ByPath(String path, Finished finished) implements Slot {}

  @SuppressWarnings("ArrayRecordComponent") // compared by content below
  private record ByOctets(byte[] octets, Finished finished) implements Slot {}

  Optional<Finished> find(String path) {
    return slots.get(slot(path.hashCode())) instanceof ByPath there && there.path().equals(path)
        ? Optional.of(there.finished())
        : Optional.empty();
  }

  Optional<Finished> find(byte[] octets) {
    return slots.get(slot(Arrays.hashCode(octets))) instanceof ByOctets there
            && Arrays.equals(there.octets(), octets)
        ? Optional.of(there.finished())
        : Optional.empty();
  }

  void put(String path, Finished finished) {
    slots.set(slot(path.hashCode()), new ByPath(path, finished));
  }

  void put(byte[] octets, Finished finished) {
    slots.set(slot(Arrays.hashCode(octets)), new ByOctets(octets, finished));
  }

  private int slot(int hash) {
    return (hash ^ hash >>> 15) & mask;
  }
}
