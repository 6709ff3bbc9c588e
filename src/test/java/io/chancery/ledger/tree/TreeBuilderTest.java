package io.chancery.ledger.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Trees of more than one tile, and of more than one level of them. */
class TreeBuilderTest {
  private static final int SIZE = 70_000;

  @Test
  void theTilesOfSeventyThousandLeavesAreThoseOfTheSpecification() {
    MemoryTiles tiles = MemoryTiles.over(leaves(SIZE));
    // C2SP tlog-tiles, Partial Tiles: the example.
    assertThat(tiles.widthOf(0, 272)).isEqualTo(256);
    assertThat(tiles.widthOf(0, 273)).isEqualTo(112);
    assertThat(tiles.widthOf(1, 0)).isEqualTo(256);
    assertThat(tiles.widthOf(1, 1)).isEqualTo(17);
    assertThat(tiles.widthOf(2, 0)).isEqualTo(1);
    assertThat(tiles.count()).isEqualTo(273 + 1 + 1 + 1 + 1);
  }

  @Test
  void everyTileHasTheWidthThatTheSizeSays() {
    MemoryTiles tiles = MemoryTiles.over(leaves(SIZE));
    for (int level = 0; level < 3; level++) {
      for (long n = 0; n < 280; n++) {
        assertThat(tiles.widthOf(level, n)).isEqualTo(HashTiles.width(level, n, SIZE));
      }
    }
    assertThat(HashTiles.width(63, 0, Long.MAX_VALUE)).isZero();
    assertThat(HashTiles.width(7, 0, Long.MAX_VALUE)).isEqualTo(127);
  }

  @Test
  void rootsAndProofsAgreeAcrossTilesAndLevels() {
    List<TreeHash> leaves = leaves(SIZE);
    MemoryTiles tiles = MemoryTiles.over(leaves);
    TreeHash root = NaiveTree.root(leaves);
    assertThat(Tree.root(tiles, SIZE)).isEqualTo(root);
    for (int index : List.of(0, 1, 255, 256, 65_535, 65_536, 69_887, 69_888, SIZE - 1)) {
      assertThat(Tree.inclusion(tiles, index, SIZE).holds(leaves.get(index), root)).isTrue();
      int old = index + 1;
      TreeHash oldRoot = NaiveTree.root(leaves.subList(0, old));
      assertThat(Tree.root(tiles, old)).isEqualTo(oldRoot);
      assertThat(Tree.consistency(tiles, old, SIZE).holds(oldRoot, root)).isTrue();
    }
  }

  @Test
  void aTreeGoesOnFromItsRightEdgeAtEverySize() {
    List<TreeHash> leaves = leaves(600);
    MemoryTiles tiles = new MemoryTiles();
    TreeBuilder builder = TreeBuilder.empty(tiles::keep);
    for (int size = 1; size <= leaves.size(); size++) {
      builder = TreeBuilder.from(tiles, size - 1L, tiles::keep);
      builder.add(leaves.get(size - 1));
      builder.partialTiles().forEach(tiles::keep);
      assertThat(builder.size()).isEqualTo(size);
      assertThat(builder.root()).isEqualTo(NaiveTree.root(leaves.subList(0, size)));
    }
    assertThat(builder.partialTiles())
        .map(Tile::toString)
        .containsExactly("tile/0/002.p/88", "tile/1/000.p/2");
  }

  @Test
  void aTreeOf256HasNoPartialTileAtTheBottom() {
    List<Tile> full = new ArrayList<>();
    TreeBuilder builder = TreeBuilder.empty(full::add);
    assertThat(builder.partialTiles()).isEmpty();
    leaves(256).forEach(builder::add);
    assertThat(full).map(Tile::toString).containsExactly("tile/0/000");
    assertThat(builder.partialTiles()).map(Tile::toString).containsExactly("tile/1/000.p/1");
    assertThat(TreeHash.in(builder.partialTiles().getFirst().hashes(), 0))
        .isEqualTo(builder.root());
  }

  @Test
  void aMillionLeavesTakeOnlyTheirTiles() {
    long[] full = {0};
    TreeBuilder builder = TreeBuilder.empty(tile -> full[0]++);
    byte[] entry = new byte[300];
    for (int i = 0; i < 1_000_000; i++) {
      ByteBuffer.wrap(entry).putInt(i);
      builder.add(TreeHash.leaf(entry));
    }
    assertThat(full[0]).isEqualTo(1_000_000 / 256 + 1_000_000 / 65_536);
    assertThat(builder.partialTiles()).hasSize(3);
  }

  private static List<TreeHash> leaves(int count) {
    return LongStream.range(0, count)
        .mapToObj(i -> TreeHash.leaf(ByteBuffer.allocate(8).putLong(i).array()))
        .toList();
  }
}
