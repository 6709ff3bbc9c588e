package io.chancery.filter;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Solves the equations of a level, block after block: besides the keys it needs one block's worth
 * of memory.
 */
final class LevelBuilder {
  /**
   * Keys a block, on average. Three octets a block cost 0.05 bits a key; solving a key costs this
   * many row operations at most.
   */
  private static final int BLOCK = 512;

  private static final int SEEDS = 256;

  /** Of random square systems 29 % can be solved, of those with one column more 58 %. */
  private static final int SPARE = 1;

  private final int number;
  private final int width;
  private final KeyList keys;
  private final IntPredicate holds;

  /**
   * @param holds in the second level: whether the key of this index is revoked
   */
  LevelBuilder(int number, int width, KeyList keys, IntPredicate holds) {
    this.number = number;
    this.width = width;
    this.keys = keys;
    this.holds = holds;
  }

  FilterLevel build() {
    int blocks = Math.ceilDiv(Math.max(1, keys.size()), BLOCK);
    int[] ends = new int[blocks + 1];
    int[] order = byBlock(blocks, ends);
    int[] columns = new int[blocks];
    byte[] seeds = new byte[blocks];
    int[][] solutions = new int[blocks][];
    for (int block = 0; block < blocks; block++) {
      int[] members = Arrays.copyOfRange(order, ends[block], ends[block + 1]);
      solve(block, members, columns, seeds, solutions);
    }
    long[] starts = FilterLevel.starts(columns, width);
    long[] bits = new long[Math.toIntExact(starts[blocks] / 64 + 3)];
    for (int block = 0; block < blocks; block++) {
      lay(solutions[block], starts[block], bits);
    }
    return new FilterLevel(number, width, columns, seeds, starts, bits);
  }

  /** The keys' indices, those of a block together: a counting sort. */
  private int[] byBlock(int blocks, int[] ends) {
    for (int i = 0; i < keys.size(); i++) {
      ends[FilterLevel.block(number, keys.get(i), blocks) + 1]++;
    }
    for (int i = 0; i < blocks; i++) {
      ends[i + 1] += ends[i];
    }
    int[] next = ends.clone();
    int[] order = new int[keys.size()];
    for (int i = 0; i < order.length; i++) {
      order[next[FilterLevel.block(number, keys.get(i), blocks)]++] = i;
    }
    return order;
  }

  private void solve(int block, int[] members, int[] columns, byte[] seeds, int[][] solutions) {
    int most = members.length == 0 ? 0 : members.length + 64;
    for (int m = members.length == 0 ? 0 : members.length + SPARE; m <= most; m++) {
      for (int seed = 0; seed < SEEDS; seed++) {
        Elimination system = new Elimination(m);
        if (addAll(system, members, (byte) seed)) {
          columns[block] = m;
          seeds[block] = (byte) seed;
          solutions[block] = system.solution();
          return;
        }
      }
    }
    throw new IllegalStateException("two certificates have one key");
  }

  private boolean addAll(Elimination system, int[] members, byte seed) {
    for (int index : members) {
      RevocationFilter.Key key = keys.get(index);
      long state = FilterLevel.state(number, seed, key);
      int right = holds.test(index) ? FilterLevel.wanted(number, state, width) : 0;
      if (!system.add(FilterLevel.row(state, system.columns()), right)) {
        return false;
      }
    }
    return true;
  }

  /** Column after column, as {@link FilterLevel#holds} reads them. */
  private void lay(int[] solution, long start, long[] bits) {
    for (int i = 0; i < width; i++) {
      for (int column = 0; column < solution.length; column++) {
        long at = start + (long) i * solution.length + column;
        bits[(int) (at >>> 6)] |= (long) ((solution[column] >>> i) & 1) << (at & 63);
      }
    }
  }
}
