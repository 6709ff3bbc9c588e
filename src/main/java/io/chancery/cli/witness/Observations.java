package io.chancery.cli.witness;

import io.chancery.ledger.copy.Place;
import io.chancery.ledger.note.Checkpoint;
import io.chancery.ledger.note.Note;
import io.chancery.ledger.note.NoteKey;
import io.chancery.ledger.note.NoteSigner;
import io.chancery.ledger.note.Submission;
import io.chancery.ledger.tree.Consistency;
import io.chancery.ledger.tree.TreeHash;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What was seen of each log, and the one rule: a log's trees only ever grow. The last checkpoint of
 * a log is on disk, signed by the log, before its cosignature leaves; a crash in between loses an
 * answer and never allows a second, conflicting one.
 */
final class Observations {
  private final List<NoteKey> logs;
  private final NoteSigner signer;
  private final Place place;
  private final InstantSource clock;
  private final Lock oneAtATime = new ReentrantLock();

  /** A log's key bears the name of its origin; a log may have several, old and new. */
  Observations(List<NoteKey> logs, NoteSigner signer, Place place, InstantSource clock) {
    this.logs = List.copyOf(logs);
    this.signer = signer;
    this.place = place;
    this.clock = clock;
  }

  /** C2SP tlog-witness, add-checkpoint: the checks in its order. */
  Verdict judge(Submission submission) {
    Note note = submission.note();
    Checkpoint checkpoint = Checkpoint.parse(note.text());
    List<NoteKey> keys =
        logs.stream().filter(key -> key.name().equals(checkpoint.origin())).toList();
    if (keys.isEmpty()) {
      return new Verdict.UnknownLog(checkpoint.origin());
    }
    if (keys.stream().noneMatch(note::isSignedBy)) {
      return new Verdict.NotSigned("no known key of the log has signed the checkpoint");
    }
    if (submission.old() > checkpoint.size()) {
      return new Verdict.Backwards(submission.old(), checkpoint.size());
    }
    // Comparing with what was seen and keeping what is seen are one step: two requests at once
    // must not both go on from the same tree.
    oneAtATime.lock();
    try {
      return compare(submission, checkpoint);
    } finally {
      oneAtATime.unlock();
    }
  }

  private Verdict compare(Submission submission, Checkpoint checkpoint) {
    Optional<Checkpoint> last = last(checkpoint.origin());
    long seen = last.map(Checkpoint::size).orElse(0L);
    TreeHash seenRoot = last.map(Checkpoint::root).orElse(TreeHash.EMPTY);
    if (submission.old() != seen) {
      return new Verdict.Conflict(seen);
    }
    if (checkpoint.size() == seen && !checkpoint.root().equals(seenRoot)) {
      return new Verdict.Conflict(seen);
    }
    Consistency proof = new Consistency(seen, checkpoint.size(), submission.proof());
    if (!proof.holds(seenRoot, checkpoint.root())) {
      return new Verdict.OtherTree(seen, checkpoint.size());
    }
    // A crash before this line changes nothing; after it, the log asks again from the new size.
    place.replace(file(checkpoint.origin()), submission.note().octets());
    return new Verdict.Cosigned(
        checkpoint, signer.cosign(submission.note().text(), clock.instant()));
  }

  /** What cannot be read refuses the request: a log with a past must not look like a new one. */
  private Optional<Checkpoint> last(String origin) {
    return place.read(file(origin)).map(Note::parse).map(note -> Checkpoint.parse(note.text()));
  }

  private static String file(String origin) {
    TreeHash name = TreeHash.leaf(origin.getBytes(StandardCharsets.UTF_8));
    return "seen/" + name.hex() + ".checkpoint";
  }
}
