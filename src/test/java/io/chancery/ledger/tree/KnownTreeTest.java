package io.chancery.ledger.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tree that certificate-transparency's implementations test each other with. */
class KnownTreeTest {
  private static final List<byte[]> ENTRIES =
      Stream.of(
              "",
              "00",
              "10",
              "2021",
              "3031",
              "40414243",
              "5051525354555657",
              "606162636465666768696a6b6c6d6e6f")
          .map(HexFormat.of()::parseHex)
          .toList();
  private static final List<String> ROOTS =
      List.of(
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  private static final String A =
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
  private static final String B =
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
  private static final String C =
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
  private static final String D =
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
  private static final String E =
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
  private static final String F =
      "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";

  private final List<TreeHash> leaves = ENTRIES.stream().map(TreeHash::leaf).toList();
  private final MemoryTiles tiles = MemoryTiles.over(leaves);

  @Test
  void theEmptyTreeHasTheHashOfNothing() {
    assertThat(TreeHash.EMPTY.hex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(Tree.root(tiles, 0)).isEqualTo(TreeHash.EMPTY);
  }

  @Test
  void everySizeHasItsKnownRoot() {
    TreeBuilder builder = TreeBuilder.empty(tile -> {});
    for (int size = 1; size <= ROOTS.size(); size++) {
      builder.add(leaves.get(size - 1));
      assertThat(builder.root().hex()).isEqualTo(ROOTS.get(size - 1));
      assertThat(Tree.root(tiles, size).hex()).isEqualTo(ROOTS.get(size - 1));
    }
  }

  @Test
  void inclusionProofsAreTheKnownOnes() {
    assertInclusion(0, 1);
    assertInclusion(0, 8, A, B, C);
    assertInclusion(5, 8, D, E, ROOTS.get(3));
    assertInclusion(2, 3, ROOTS.get(1));
    assertInclusion(1, 5, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", B, D);
  }

  @Test
  void consistencyProofsAreTheKnownOnes() {
    assertConsistency(1, 1);
    assertConsistency(1, 8, A, B, C);
    assertConsistency(6, 8, F, E, ROOTS.get(3));
    assertConsistency(2, 5, B, D);
  }

  private void assertInclusion(int index, int size, String... path) {
    Inclusion proof = Tree.inclusion(tiles, index, size);
    assertThat(proof.path()).map(TreeHash::hex).containsExactly(path);
    assertThat(proof.holds(leaves.get(index), root(size))).isTrue();
    assertThat(proof.holds(leaves.get(7 - index), root(size))).isFalse();
  }

  private void assertConsistency(int old, int size, String... path) {
    Consistency proof = Tree.consistency(tiles, old, size);
    assertThat(proof.path()).map(TreeHash::hex).containsExactly(path);
    assertThat(proof.holds(root(old), root(size))).isTrue();
    assertThat(proof.holds(root(3), root(size))).isFalse();
  }

  private static TreeHash root(int size) {
    return TreeHash.of(HexFormat.of().parseHex(ROOTS.get(size - 1)));
  }
}
