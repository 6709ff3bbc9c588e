package io.chancery.ledger;

import io.chancery.inventory.Transactions;
import io.chancery.ledger.note.Note;
import io.chancery.ledger.note.NoteSignature;
import io.chancery.ledger.tree.Tree;
import io.chancery.ledger.witness.Round;
import io.chancery.ledger.witness.Witness;
import io.chancery.ledger.witness.Witnesses;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Asks the witnesses for their word under a checkpoint (C2SP tlog-witness). One that does not
 * answer in time holds nothing up; one that has seen another tree is told to people.
 */
@Singleton
public final class Witnessing {
  private static final Logger LOG = Logger.getLogger(Witnessing.class);

  private final Optional<Witnesses> witnesses;
  private final TileRows tiles;
  private final Transactions transactions;
  private volatile List<Round.Missing> missing = List.of();

  @Inject
  Witnessing(LedgerConfig config, TileRows tiles, Transactions transactions, InstantSource clock) {
    List<Witness> known =
        config.witnesses().orElse(List.of()).stream().map(Witness::parse).toList();
    this.witnesses =
        known.isEmpty()
            ? Optional.empty()
            : Optional.of(new Witnesses(known, config.witnessPatience(), clock));
    this.tiles = tiles;
    this.transactions = transactions;
  }

  /** Who did not cosign the newest checkpoint, and why. */
  public List<Round.Missing> missing() {
    return missing;
  }

  /** The note with every cosignature that came in time. For one thread. */
  Note cosigned(Note note, long size) {
    if (witnesses.isEmpty()) {
      return note;
    }
    Round round =
        witnesses
            .get()
            .show(note, old -> transactions.call(() -> Tree.consistency(tiles, old, size)));
    tell(round.missing());
    Note cosigned = note;
    for (NoteSignature cosignature : round.cosignatures()) {
      cosigned = cosigned.with(cosignature);
    }
    return cosigned;
  }

  private void tell(List<Round.Missing> now) {
    for (Round.Missing one : now) {
      if (!missing.contains(one)) {
        Logger.Level level =
            one.why() == Round.Why.OTHER_TREE ? Logger.Level.ERROR : Logger.Level.WARN;
        LOG.logf(level, "the witness %s has not cosigned: %s", one.witness(), one.reason());
      }
    }
    missing = now;
  }

  @PreDestroy
  void close() {
    witnesses.ifPresent(Witnesses::close);
  }
}
