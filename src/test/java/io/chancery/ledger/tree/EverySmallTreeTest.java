package io.chancery.ledger.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Failure;
import io.chancery.testing.Refusals;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every tree up to a size, every proof in it, against the definition; and every bit of a proof. */
class EverySmallTreeTest {
  private static final int SIZE = 70;
  private static final List<TreeHash> LEAVES = NaiveTree.leaves(SIZE);
  private static final MemoryTiles TILES = MemoryTiles.over(LEAVES);

  @Test
  void everyRootIsTheDefinitions() {
    for (int size = 0; size <= SIZE; size++) {
      assertThat(Tree.root(TILES, size)).isEqualTo(NaiveTree.root(LEAVES.subList(0, size)));
    }
  }

  @Test
  void everyInclusionProofIsTheDefinitionsAndHoldsForItsLeafOnly() {
    for (int size = 1; size <= SIZE; size++) {
      TreeHash root = Tree.root(TILES, size);
      for (int index = 0; index < size; index++) {
        Inclusion proof = Tree.inclusion(TILES, index, size);
        assertThat(proof.path()).isEqualTo(NaiveTree.path(index, LEAVES.subList(0, size)));
        assertThat(proof.holds(LEAVES.get(index), root)).isTrue();
        assertThat(proof.holds(LEAVES.get((index + 1) % SIZE), root)).isFalse();
        assertThat(new Inclusion(index, size + 1L, proof.path()).holds(LEAVES.get(index), root))
            .as("leaf %d of %d, told to be of a larger tree", index, size)
            .isEqualTo(ownersAlike(index, size));
      }
    }
  }

  /** The path of a leaf can be as long, and turn alike, in the next larger tree. */
  private static boolean ownersAlike(int index, int size) {
    return turns(index, size).equals(turns(index, size + 1));
  }

  private static List<Boolean> turns(int index, int size) {
    List<Boolean> turns = new ArrayList<>();
    int start = 0;
    int end = size;
    while (end - start > 1) {
      int middle = start + (int) Subtrees.split(end - start);
      turns.addFirst(index < middle);
      start = index < middle ? start : middle;
      end = index < middle ? middle : end;
    }
    return turns;
  }

  @Test
  void everyConsistencyProofIsTheDefinitionsAndHoldsForItsRootsOnly() {
    for (int size = 0; size <= SIZE; size++) {
      TreeHash root = Tree.root(TILES, size);
      for (int old = 0; old <= size; old++) {
        TreeHash oldRoot = Tree.root(TILES, old);
        Consistency proof = Tree.consistency(TILES, old, size);
        assertThat(proof.path()).isEqualTo(NaiveTree.proof(old, LEAVES.subList(0, size)));
        assertThat(proof.holds(oldRoot, root)).isTrue();
        assertThat(proof.holds(LEAVES.get(9), root)).isFalse();
        if (old > 0) {
          assertThat(proof.holds(oldRoot, LEAVES.get(9))).isFalse();
        }
      }
    }
  }

  @Test
  void oneBitFlippedAnywhereInAProofRefusesIt() {
    Inclusion inclusion = Tree.inclusion(TILES, 37, SIZE);
    Consistency consistency = Tree.consistency(TILES, 37, SIZE);
    TreeHash root = Tree.root(TILES, SIZE);
    TreeHash oldRoot = Tree.root(TILES, 37);
    for (List<TreeHash> path : flips(inclusion.path())) {
      assertThat(new Inclusion(37, SIZE, path).holds(LEAVES.get(37), root)).isFalse();
    }
    for (List<TreeHash> path : flips(consistency.path())) {
      assertThat(new Consistency(37, SIZE, path).holds(oldRoot, root)).isFalse();
    }
    for (List<TreeHash> hashes : flips(List.of(oldRoot, root))) {
      assertThat(consistency.holds(hashes.get(0), hashes.get(1))).isFalse();
    }
  }

  @Test
  void aProofCutOrProlongedIsRefused() {
    Inclusion inclusion = Tree.inclusion(TILES, 37, SIZE);
    Consistency consistency = Tree.consistency(TILES, 37, SIZE);
    TreeHash root = Tree.root(TILES, SIZE);
    for (List<TreeHash> path : cuts(inclusion.path())) {
      assertThat(new Inclusion(37, SIZE, path).holds(LEAVES.get(37), root)).isFalse();
    }
    for (List<TreeHash> path : cuts(consistency.path())) {
      assertThat(new Consistency(37, SIZE, path).holds(Tree.root(TILES, 37), root)).isFalse();
    }
    assertThat(new Consistency(5, 3, List.of()).holds(root, root)).isFalse();
    assertThat(new Inclusion(-1, 3, List.of()).holds(root, root)).isFalse();
    assertThat(new Inclusion(3, 3, List.of()).holds(root, root)).isFalse();
  }

  @Test
  void whatIsNotInTheTreeHasNoProof() {
    Refusals.malformed(() -> Tree.inclusion(TILES, SIZE, SIZE));
    Refusals.malformed(() -> Tree.inclusion(TILES, -1, SIZE));
    Refusals.malformed(() -> Tree.inclusion(TILES, 0, 0));
    Refusals.malformed(() -> Tree.consistency(TILES, SIZE + 1, SIZE));
    Refusals.malformed(() -> Tree.consistency(TILES, -1, SIZE));
    Refusals.malformed(() -> Tree.root(TILES, -1));
  }

  @Test
  void aSourceThatGivesTooLittleIsATypedFailure() {
    Failure failure = Refusals.of(() -> Tree.root(TILES, SIZE + 1));
    assertThat(failure).isInstanceOf(Failure.Malformed.class);
    assertThat(((Failure.Malformed) failure).where()).isEqualTo("tile/0/000.p/71");
  }

  private static List<List<TreeHash>> flips(List<TreeHash> path) {
    List<List<TreeHash>> all = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      for (int bit = 0; bit < TreeHash.LENGTH * 8; bit++) {
        byte[] octets = path.get(i).octets();
        octets[bit / 8] ^= (byte) (1 << bit % 8);
        List<TreeHash> flipped = new ArrayList<>(path);
        flipped.set(i, TreeHash.of(octets));
        all.add(flipped);
      }
    }
    return all;
  }

  private static List<List<TreeHash>> cuts(List<TreeHash> path) {
    List<List<TreeHash>> all = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      List<TreeHash> without = new ArrayList<>(path);
      without.remove(i);
      all.add(without);
      List<TreeHash> twice = new ArrayList<>(path);
      twice.add(i, path.get(i));
      all.add(twice);
    }
    all.add(List.of());
    return all;
  }
}
