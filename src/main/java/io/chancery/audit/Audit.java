package io.chancery.audit;

import io.chancery.PkiException;
import io.chancery.audit.book.BookAudit;
import io.chancery.audit.report.Findings;
import io.chancery.audit.report.Progress;
import io.chancery.audit.report.Report;
import io.chancery.audit.rows.Connections;
import io.chancery.audit.rows.Snapshot;
import io.chancery.ledger.note.Checkpoint;
import io.chancery.ledger.note.NoteKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One audit: the copy, the roll in the database, the book. Three threads read once what there is;
 * the copy's hashes go to the one that reads the roll.
 */
public final class Audit {
  private final Subject subject;
  private final InstantSource clock;
  private final Findings findings;
  private final Progress progress;
  private final SignedCheckpoint signatures;
  private final Map<String, String> facts = new LinkedHashMap<>();
  private final List<String> notCompared = new ArrayList<>();

  /**
   * What is audited, and with whose keys; at least one of copy and database.
   *
   * @param key the log's, as the auditor had it before
   * @param quorum how many of the witnesses must have signed the copy's checkpoint
   * @param most how many findings are kept
   */
  public record Subject(
      Optional<Path> copy,
      Optional<Connections> database,
      NoteKey key,
      List<NoteKey> witnesses,
      int quorum,
      int most) {}

  public Audit(Subject subject, Progress progress, InstantSource clock) {
    this.subject = subject;
    this.progress = progress;
    this.clock = clock;
    this.findings = new Findings(subject.most());
    this.signatures = new SignedCheckpoint(subject.key(), subject.witnesses(), subject.quorum());
  }

  /** Reads everything; a failure says why nothing could be verified. */
  public Report run() {
    Instant start = clock.instant();
    // Before the snapshot: the service publishes only what the database has.
    Optional<CopyAudit> copy = subject.copy().flatMap(this::openCopy);
    if (subject.database().isPresent()) {
      auditDatabase(copy, subject.database().get());
    } else {
      notCompared.add("the database, and with it the book: no database was named");
      copy.ifPresent(this::auditCopyAlone);
    }
    return new Report(
        facts,
        List.copyOf(notCompared),
        findings.top(),
        findings.counts(),
        Duration.between(start, clock.instant()));
  }

  private Optional<CopyAudit> openCopy(Path path) {
    CopyFolder folder = new CopyFolder(path);
    byte[] note = folder.checkpoint();
    Optional<Checkpoint> checkpoint = signatures.read(note, "the copy's checkpoint", findings);
    if (checkpoint.isEmpty()) {
      notCompared.add("the copy: its checkpoint cannot be read");
      return Optional.empty();
    }
    facts.put("copy", path.toString());
    facts.put("copy size", String.valueOf(checkpoint.get().size()));
    facts.put("copy root", checkpoint.get().root().base64());
    if (!subject.witnesses().isEmpty() || subject.quorum() > 0) {
      facts.put(
          "witnesses",
          signatures.witnessed(note, "the copy's checkpoint", findings)
              + " of "
              + subject.witnesses().size());
    }
    progress.expect(checkpoint.get().size());
    return Optional.of(new CopyAudit(folder, checkpoint.get(), findings, progress));
  }

  private void auditCopyAlone(CopyAudit copy) {
    Deeds deeds = new Deeds(findings);
    copy.run(
        (first, signed, entries) -> {
          for (int slot = 0; slot < entries.size(); slot++) {
            deeds.see(first + slot, entries.get(slot));
          }
        });
    tell(deeds, progress.expected());
  }

  private void auditDatabase(Optional<CopyAudit> copy, Connections connections) {
    if (copy.isEmpty()) {
      notCompared.add("the copy outside the database: what both agree on may be forged together");
    }
    LeafFeed feed = new LeafFeed();
    Deeds deeds = new Deeds(findings);
    try (Snapshot snapshot = new Snapshot(connections);
        ExecutorService threads = Executors.newFixedThreadPool(3)) {
      RollAudit.Reference reference =
          copy.map(one -> one.reference(feed)).orElse(RollAudit.Reference.NONE);
      Future<?> reading =
          threads.submit(() -> closing(feed, () -> copy.ifPresent(one -> one.run(feed::read))));
      Future<RollAudit.Read> roll =
          threads.submit(() -> roll(snapshot.connection(), reference, deeds));
      Future<BookAudit.Read> book =
          threads.submit(() -> new BookAudit(snapshot, findings, progress).run());
      result(reading); // first: where it failed, the roll could not be read either
      RollAudit.Read read = result(roll);
      BookAudit.Read compared = result(book);
      tell(read, compared);
      compared.approved().forEach(deeds.consent()::mustCover);
      tell(deeds, read.leaves() + read.waiting());
    }
  }

  private RollAudit.Read roll(Connection connection, RollAudit.Reference reference, Deeds deeds) {
    try {
      RollAudit.Read read =
          new RollAudit(connection, reference, deeds, findings, progress).run(signatures);
      deeds.compareTables(connection);
      return read;
    } finally {
      reference.feed().close();
    }
  }

  private static void closing(LeafFeed feed, Runnable reading) {
    try {
      reading.run();
    } finally {
      feed.close();
    }
  }

  private void tell(RollAudit.Read roll, BookAudit.Read book) {
    facts.put("database leaves", String.valueOf(roll.leaves()));
    roll.root().ifPresent(root -> facts.put("database root", root.base64()));
    long covered = Long.parseLong(facts.getOrDefault("copy size", "0"));
    if (covered > 0) {
      facts.put("not yet in the copy", String.valueOf(Math.max(0, roll.leaves() - covered)));
    }
    facts.put("waiting for a leaf", String.valueOf(roll.waiting()));
    facts.put("certificates compared", String.valueOf(book.certificates()));
    facts.put("of these by hash only", String.valueOf(book.byHash()));
    facts.put("of these approved by people", String.valueOf(book.approved().size()));
    facts.put("request keys that changed nothing", String.valueOf(book.keysWithoutDeed()));
  }

  private void tell(Deeds deeds, long expected) {
    if (!deeds.compareEntries(expected)) {
      notCompared.add("counts of signatures: entries are missing or cannot be read");
    }
    deeds.counts().forEach((kind, count) -> facts.put("entries " + kind, String.valueOf(count)));
    facts.put("signatures counted", deeds.signatures().total().text());
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof PkiException known) {
        throw known;
      }
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stop);
    }
  }
}
