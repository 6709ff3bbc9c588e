package io.chancery.testing;

import io.chancery.ledger.note.Checkpoint;
import io.chancery.ledger.note.Note;
import io.chancery.ledger.note.NoteKey;
import io.chancery.ledger.note.NoteSigner;
import io.chancery.ledger.note.Signers;
import io.chancery.ledger.note.Submission;
import io.chancery.ledger.tree.Consistency;
import io.chancery.ledger.tree.MemoryTiles;
import io.chancery.ledger.tree.Tree;
import io.chancery.ledger.tree.TreeHash;
import java.nio.charset.StandardCharsets;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/** A log in memory. Two of one origin with different stories have one key and other trees. */
public final class TestLog {
  public static final int SIZE = 1_000;

  private final NoteSigner signer;
  private final String origin;
  private final MemoryTiles tiles;

  public TestLog(String origin, String story) {
    this.origin = origin;
    this.signer = Signers.log(origin);
    this.tiles =
        MemoryTiles.over(
            IntStream.range(0, SIZE)
                .mapToObj(i -> (story + i).getBytes(StandardCharsets.UTF_8))
                .map(TreeHash::leaf)
                .toList());
  }

  public NoteKey key() {
    return signer.key();
  }

  /** The signed checkpoint of a size up to {@link #SIZE}. */
  public Note checkpoint(long size) {
    String text = text(size);
    return Note.unsigned(text).with(signer.sign(text));
  }

  public String text(long size) {
    return Checkpoint.of(origin, size, Tree.root(tiles, size)).text();
  }

  public LongFunction<Consistency> proofs(long size) {
    return old -> Tree.consistency(tiles, old, size);
  }

  public Submission submission(long old, long size) {
    return Submission.of(proofs(size).apply(old), checkpoint(size));
  }
}
