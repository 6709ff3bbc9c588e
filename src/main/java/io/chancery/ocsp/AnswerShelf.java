package io.chancery.ocsp;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * The answers in memory, by serial number: an open-addressing table of one array each. Readers take
 * no lock; writers take turns. An answer never gives way to one that is older.
 */
public final class AnswerShelf {
  private static final int SMALLEST = 1024;
  private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

  private final AnswerForms forms;
  private volatile AtomicReferenceArray<byte[]> table = new AtomicReferenceArray<>(SMALLEST);
  private int size;
  private long octets;

  public AnswerShelf(AnswerForms forms) {
    this.forms = forms;
  }

  public AnswerForms forms() {
    return forms;
  }

  /**
   * Takes the answer, or the mark, unless what is here says as much or more.
   *
   * @return whether it was taken
   */
  public synchronized boolean put(KeptAnswer answer) {
    if ((size + 1) * 4L > table.length() * 3L) {
      rebuild(table.length() * 2, Long.MIN_VALUE);
    }
    int at = place(table, answer.octets());
    byte[] old = table.getPlain(at);
    if (old == null) {
      size++;
    } else if (!answer.supersedes(new KeptAnswer(old))) {
      return false;
    } else {
      octets -= old.length;
    }
    octets += answer.octets().length;
    table.set(at, answer.octets());
    return true;
  }

  /**
   * @param serial the content octets of an INTEGER, at most 20
   */
  public Optional<KeptAnswer> find(byte[] serial) {
    if (serial.length > KeptAnswer.SERIAL) {
      return Optional.empty();
    }
    AtomicReferenceArray<byte[]> now = table;
    int mask = now.length() - 1;
    for (int at = slot(tail(serial), mask); ; at = (at + 1) & mask) {
      byte[] there = now.get(at);
      if (there == null) {
        return Optional.empty();
      }
      KeptAnswer answer = new KeptAnswer(there);
      if (answer.isAbout(serial)) {
        return Optional.of(answer);
      }
    }
  }

  /** Drops what is of no use after this second: certificates that have ended, and their marks. */
  public synchronized void sweep(long second) {
    rebuild(SMALLEST, second);
  }

  public synchronized int size() {
    return size;
  }

  /** About how much memory the table takes. */
  public synchronized long memory() {
    int header = 16;
    int rounding = 4;
    return octets + (long) size * (header + rounding) + table.length() * 4L;
  }

  /** Everything on it, in no order. */
  public void forEach(Consumer<KeptAnswer> reader) {
    AtomicReferenceArray<byte[]> now = table;
    for (int at = 0; at < now.length(); at++) {
      byte[] there = now.get(at);
      if (there != null) {
        reader.accept(new KeptAnswer(there));
      }
    }
  }

  private void rebuild(int atLeast, long second) {
    AtomicReferenceArray<byte[]> old = table;
    int staying = 0;
    for (int at = 0; at < old.length(); at++) {
      byte[] there = old.getPlain(at);
      staying += there != null && stays(there, second) ? 1 : 0;
    }
    int capacity = atLeast;
    while ((staying + 1) * 4L > capacity * 3L) {
      capacity *= 2;
    }
    AtomicReferenceArray<byte[]> next = new AtomicReferenceArray<>(capacity);
    long kept = 0;
    for (int at = 0; at < old.length(); at++) {
      byte[] there = old.getPlain(at);
      if (there != null && stays(there, second)) {
        next.setPlain(place(next, there), there);
        kept += there.length;
      }
    }
    size = staying;
    octets = kept;
    table = next;
  }

  private static boolean stays(byte[] there, long second) {
    KeptAnswer answer = new KeptAnswer(there);
    return answer.notAfter() > second || answer.nextUpdate() > second;
  }

  /** Where the answer is, or would be. */
  private static int place(AtomicReferenceArray<byte[]> table, byte[] answer) {
    int mask = table.length() - 1;
    for (int at = slot(tail(answer, KeptAnswer.SERIAL), mask); ; at = (at + 1) & mask) {
      byte[] there = table.getPlain(at);
      if (there == null
          || java.util.Arrays.equals(there, 0, KeptAnswer.SERIAL, answer, 0, KeptAnswer.SERIAL)) {
        return at;
      }
    }
  }

  /** Serials are random, so their end tells them apart; the product spreads those that are not. */
  private static int slot(long tail, int mask) {
    return (int) ((tail * GOLDEN) >>> 32) & mask;
  }

  private static long tail(byte[] serial) {
    return tail(serial, serial.length);
  }

  private static long tail(byte[] octets, int end) {
    long tail = 0;
    for (int i = Math.max(0, end - 8); i < end; i++) {
      tail = (tail << 8) | (octets[i] & 0xff);
    }
    return tail;
  }
}
