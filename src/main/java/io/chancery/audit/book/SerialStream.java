package io.chancery.audit.book;

import io.chancery.audit.rows.RowCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Rows in the order of their serials, taken group by group. */
final class SerialStream<T> implements AutoCloseable {
  /** Far more than any serial has; what is beyond is reported by whoever counts. */
  private static final int MOST = 10_000;

  private final RowCursor<T> rows;
  private final Function<T, String> serial;

  SerialStream(RowCursor<T> rows, Function<T, String> serial) {
    this.rows = rows;
    this.serial = serial;
  }

  /** The smaller of the two serials, as the database orders them; empty where both are at end. */
  Optional<String> lowest(Optional<String> other) {
    Optional<String> mine = rows.peek().map(serial);
    if (mine.isEmpty() || other.isEmpty()) {
      return mine.or(() -> other);
    }
    return isBefore(mine.get(), other.get()) ? mine : other;
  }

  /** All rows of this serial. */
  List<T> take(String wanted) {
    List<T> group = new ArrayList<>(4);
    while (rows.peek().map(serial).filter(wanted::equals).isPresent()) {
      rows.next().filter(row -> group.size() < MOST).ifPresent(group::add);
    }
    return group;
  }

  @Override
  public void close() {
    rows.close();
  }

  /** As the collation "C" does: octet by octet. */
  private static boolean isBefore(String one, String other) {
    return Arrays.compareUnsigned(
            one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8))
        < 0;
  }
}
