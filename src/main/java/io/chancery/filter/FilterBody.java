package io.chancery.filter;

import io.chancery.filter.RevocationFilter.Key;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Lays out the body of a filter: how many certificates there are, and two levels.
 *
 * <p>The first level holds a fingerprint of so many bits of every revoked certificate, so that few
 * of the good ones pass it; how many bits follows from the ratio. The second holds one exact bit
 * for each revoked one and each good one that passes the first.
 */
final class FilterBody {
  private FilterBody() {}

  /** Every key that is covered, in any order, and the same ones each time. */
  interface Covered {
    void each(Consumer<Key> visit);
  }

  /**
   * @param issued how many keys {@code covered} gives; the revoked are among them
   */
  static byte[] of(long issued, KeyList revoked, Covered covered) {
    int count = revoked.size();
    if (count == 0 || count == issued) {
      return numbers(ByteBuffer.allocate(8), issued, count).array();
    }
    int width = width(issued, count);
    FilterLevel first =
        width == 0 ? FilterLevel.EMPTY : new LevelBuilder(1, width, revoked, index -> true).build();
    addOthersThatPass(first, revoked, covered);
    FilterLevel second = new LevelBuilder(2, 1, revoked, index -> index < count).build();

    ByteBuffer body = ByteBuffer.allocate(Math.addExact(8 + first.size(), second.size()));
    numbers(body, issued, count);
    first.write(body);
    second.write(body);
    return body.array();
  }

  /**
   * How many bits make the whole smallest: each costs one a revoked certificate and halves the good
   * ones that pass, of which each costs one in the second level.
   */
  static int width(long issued, long revoked) {
    int best = 0;
    double least = Double.MAX_VALUE;
    for (int width = 0; width <= FilterLevel.WIDEST; width++) {
      double bits = (double) revoked * width + Math.scalb((double) (issued - revoked), -width);
      if (bits < least) {
        least = bits;
        best = width;
      }
    }
    return best;
  }

  private static void addOthersThatPass(FilterLevel first, KeyList keys, Covered covered) {
    Predicate<Key> revoked = keys.members();
    covered.each(
        key -> {
          if (first.holds(key) && !revoked.test(key)) {
            keys.add(key);
          }
        });
  }

  private static ByteBuffer numbers(ByteBuffer body, long issued, int revoked) {
    return body.putInt(Math.toIntExact(issued)).putInt(revoked);
  }
}
