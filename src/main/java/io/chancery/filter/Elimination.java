package io.chancery.filter;

/** Gaussian elimination over GF(2), a row at a time, with up to 32 right sides at once. */
final class Elimination {
  private final int columns;

  /** The row whose first set bit is in this column; empty where there is none. */
  private final long[][] pivots;

  private final int[] rights;

  Elimination(int columns) {
    this.columns = columns;
    this.pivots = new long[columns][];
    this.rights = new int[columns];
  }

  int columns() {
    return columns;
  }

  /** Adds an equation; false where it contradicts those before. The row is used up. */
  boolean add(long[] row, int right) {
    int word = 0;
    while (word < row.length) {
      if (row[word] == 0) {
        word++;
        continue;
      }
      int column = 64 * word + Long.numberOfTrailingZeros(row[word]);
      long[] pivot = pivots[column];
      if (pivot == null) {
        pivots[column] = row;
        rights[column] = right;
        return true;
      }
      for (int i = word; i < row.length; i++) {
        row[i] ^= pivot[i];
      }
      right ^= rights[column];
    }
    return right == 0;
  }

  /** A value for each column; those that no equation fixes are nought. */
  int[] solution() {
    int[] values = new int[columns];
    for (int column = columns - 1; column >= 0; column--) {
      long[] row = pivots[column];
      if (row != null) {
        values[column] = rights[column] ^ sumAfter(column, row, values);
      }
    }
    return values;
  }

  private static int sumAfter(int column, long[] row, int[] values) {
    int sum = 0;
    for (int word = column / 64; word < row.length; word++) {
      for (long left = row[word]; left != 0; left &= left - 1) {
        sum ^= values[64 * word + Long.numberOfTrailingZeros(left)];
      }
    }
    return sum; // the column's own value is still nought
  }
}
