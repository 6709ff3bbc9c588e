package io.chancery.hsm;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many signatures a key has made, and for what. */
final class SignatureTally {
  private final Map<Purpose, LongAdder> made = new EnumMap<>(Purpose.class);

  SignatureTally() {
    for (Purpose purpose : Purpose.values()) {
      made.put(purpose, new LongAdder());
    }
  }

  void add(Purpose purpose) {
    LongAdder count = made.get(purpose);
    if (count != null) {
      count.increment();
    }
  }

  Map<Purpose, Long> counts() {
    Map<Purpose, Long> counts = new EnumMap<>(Purpose.class);
    made.forEach((purpose, count) -> counts.put(purpose, count.sum()));
    return counts;
  }
}
