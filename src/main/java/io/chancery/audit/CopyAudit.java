package io.chancery.audit;

import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
import io.chancery.audit.report.Progress;
import io.chancery.ledger.note.Checkpoint;
import io.chancery.ledger.tree.HashTiles;
import io.chancery.ledger.tree.TreeHash;
import java.util.List;
import java.util.Optional;

/** Reads the whole copy: every entry, every tile, the root. */
final class CopyAudit {
  private static final String WHERE = "in the copy";

  private final CopyFolder copy;
  private final Checkpoint checkpoint;
  private final Findings findings;
  private final Progress progress;
  private final Mismatches mismatches = new Mismatches(WHERE);

  /** Who wants to see what is read. */
  interface Reader {
    /** These hashes stand in the tree from leaf {@code first} on; the entries may be fewer. */
    void read(long first, Leaves signed, List<byte[]> entries);
  }

  CopyAudit(CopyFolder copy, Checkpoint checkpoint, Findings findings, Progress progress) {
    this.copy = copy;
    this.checkpoint = checkpoint;
    this.findings = findings;
    this.progress = progress;
  }

  /** What the roll in the database is held against. */
  RollAudit.Reference reference(LeafFeed feed) {
    return new RollAudit.Reference(checkpoint.size(), feed, Optional.of(copy));
  }

  void run(Reader reader) {
    long size = checkpoint.size();
    TreeCheck check = new TreeCheck(copy, size, List.of(size), new CopyDifferences());
    for (long n = 0; n * HashTiles.WIDTH < size; n++) {
      int width = HashTiles.width(0, n, size);
      List<byte[]> entries = entries(n, width);
      Leaves computed = new Leaves(width);
      for (int slot = 0; slot < entries.size(); slot++) {
        computed.set(slot, TreeHash.leaf(entries.get(slot)));
      }
      Leaves signed = check.add(computed, Optional.of(checkpoint.root()));
      progress.copied(width);
      reader.read(n * HashTiles.WIDTH, signed, entries);
    }
    check.end();
    compareRoot(check.rootAt(size));
    mismatches.report(copy, size, findings);
  }

  private List<byte[]> entries(long n, int width) {
    long first = n * HashTiles.WIDTH;
    String name = copy.entriesName(n, width);
    Optional<CopyFolder.Bundle> bundle = copy.entries(n, width);
    if (bundle.isEmpty()) {
      findings.at(first, FindingKind.COPY_MISSING, name + " is gone");
      return List.of();
    }
    int there = bundle.get().entries().size();
    if (there == width && bundle.get().rest() > 0) {
      findings.at(
          first + width - 1,
          FindingKind.COPY_DIFFERS,
          name + " goes on behind its last entry, by " + bundle.get().rest() + " octets");
    }
    if (there < width) {
      findings.at(
          first + there,
          FindingKind.COPY_DIFFERS,
          name + " is cut short: it ends within entry " + (there + 1) + " of " + width);
    }
    return bundle.get().entries();
  }

  private void compareRoot(Optional<TreeHash> root) {
    if (root.isEmpty()) {
      findings.nowhere(
          FindingKind.COPY_ROOT, "the root cannot be computed: entries and their tile are lost");
    } else if (!root.get().equals(checkpoint.root())) {
      findings.nowhere(
          FindingKind.COPY_ROOT,
          "the entries add up to "
              + root.get().base64()
              + ", the checkpoint says "
              + checkpoint.root().base64());
    }
  }

  private final class CopyDifferences implements TreeCheck.Differences {
    @Override
    public void entry(long leaf, TreeHash found, TreeHash expected) {
      mismatches.add(leaf, found);
    }

    @Override
    public void tile(long leaf, String tile, String how) {
      findings.at(leaf, FindingKind.COPY_DIFFERS, tile + " " + how);
    }

    @Override
    public void missing(long leaf, String tile) {
      findings.at(leaf, FindingKind.COPY_MISSING, tile + " is gone");
    }
  }
}
