package io.chancery.audit.report;

import java.util.concurrent.atomic.AtomicLong;

/** How far the audit is; counted by its threads, read by whoever shows it. */
public final class Progress {
  private final AtomicLong total = new AtomicLong();
  private final AtomicLong copied = new AtomicLong();
  private final AtomicLong entries = new AtomicLong();
  private final AtomicLong serials = new AtomicLong();

  public void expect(long entries) {
    total.accumulateAndGet(entries, Math::max);
  }

  public void copied(long more) {
    copied.addAndGet(more);
  }

  public void entry() {
    entries.incrementAndGet();
  }

  public void serial() {
    serials.incrementAndGet();
  }

  /** How many entries there are, as far as is known. */
  public long expected() {
    return total.get();
  }

  /** Entries of the copy that were read. */
  public long ofCopy() {
    return copied.get();
  }

  /** Entries of the database that were read. */
  public long ofDatabase() {
    return entries.get();
  }

  /** Serials of the book that were held against the roll. */
  public long ofBook() {
    return serials.get();
  }
}
