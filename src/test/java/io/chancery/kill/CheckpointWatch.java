package io.chancery.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.cli.local.DataDirectory;
import io.chancery.ledger.note.Checkpoint;
import io.chancery.ledger.note.Note;
import io.chancery.ledger.note.NoteKey;
import io.chancery.ledger.tree.Consistency;
import io.chancery.ledger.tree.TreeHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Looks at the ledger's copy all the time, as a monitor does: it only ever grows. */
public final class CheckpointWatch implements Runnable {
  private static final long BETWEEN_LOOKS = 10_000_000;

  private final Path file;
  private final NoteKey key;
  private final Diary diary;
  private final BooleanSupplier goOn;
  private final List<Checkpoint> seen = new ArrayList<>();

  public CheckpointWatch(DataDirectory data, Diary diary, BooleanSupplier goOn) {
    this.file = data.ledger().resolve("checkpoint");
    this.key = NoteKey.parse(data.readSecret(data.ledgerKey()));
    this.diary = diary;
    this.goOn = goOn;
  }

  @Override
  public void run() {
    try {
      while (goOn.getAsBoolean()) {
        look();
        LockSupport.parkNanos(BETWEEN_LOOKS);
      }
    } catch (AssertionError | RuntimeException | IOException unexpected) {
      diary.wrong.add(unexpected);
    }
  }

  public void look() throws IOException {
    Note note;
    try {
      note = Note.parse(Files.readAllBytes(file));
    } catch (NoSuchFileException gone) {
      assertThat(seen).as("checkpoints that were there before it was gone").isEmpty();
      return;
    }
    Checkpoint now = Checkpoint.parse(note.text());
    if (seen.isEmpty() || !seen.getLast().equals(now)) {
      assertThat(note.isSignedBy(key)).as("signature of the checkpoint %s", now).isTrue();
      assertThat(seen).as("sizes before %s", now).allMatch(before -> before.size() < now.size());
      seen.add(now);
    }
  }

  public int count() {
    return seen.size();
  }

  public long newest() {
    return seen.getLast().size();
  }

  /** RFC 9162 s2.1.4.2: each checkpoint that was seen is a beginning of the next one. */
  public void mustBeConsistent(Door door) {
    for (int i = 1; i < seen.size(); i++) {
      Checkpoint old = seen.get(i - 1);
      Checkpoint next = seen.get(i);
      JsonNode proof =
          door.ask(
                  door.request("/v1/ledger/consistency?old=" + old.size() + "&size=" + next.size())
                      .build(),
                  Door.FOR_EVER)
              .orElseThrow();
      List<TreeHash> path = new ArrayList<>();
      proof.get("path").forEach(hash -> path.add(TreeHash.parse(hash.asText())));
      assertThat(new Consistency(old.size(), next.size(), path).holds(old.root(), next.root()))
          .as("%s is a beginning of %s", old, next)
          .isTrue();
    }
  }
}
