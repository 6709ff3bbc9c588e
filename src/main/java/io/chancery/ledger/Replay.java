package io.chancery.ledger;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.inventory.Lease;
import io.chancery.inventory.Leases;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.note.Checkpoint;
import io.chancery.ledger.tree.HashTiles;
import io.chancery.ledger.tree.TreeBuilder;
import io.chancery.ledger.tree.TreeHash;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Does again, in the order of the roll, what the copy knows and the database does not. */
@Singleton
final class Replay {
  private static final Logger LOG = Logger.getLogger(Replay.class);
  private static final Duration HELD = Duration.ofSeconds(60);
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final long TOLD_EVERY = 40;

  private final OutsideCopy copy;
  private final Ledger ledger;
  private final Leaves leaves;
  private final TileRows tiles;
  private final CheckpointRows checkpoints;
  private final Leases leases;
  private final Transactions transactions;
  private final InstantSource clock;
  private final Map<EventKind, Redo> rooms = new EnumMap<>(EventKind.class);

  @Inject
  Replay(
      OutsideCopy copy,
      Ledger ledger,
      Leaves leaves,
      TileRows tiles,
      CheckpointRows checkpoints,
      Leases leases,
      Transactions transactions,
      InstantSource clock,
      @All List<Redo> all) {
    this.copy = copy;
    this.ledger = ledger;
    this.leaves = leaves;
    this.tiles = tiles;
    this.checkpoints = checkpoints;
    this.leases = leases;
    this.transactions = transactions;
    this.clock = clock;
    all.forEach(room -> room.kinds().forEach(kind -> claim(kind, room)));
  }

  /** The leaves from {@code inside} on. A crash leaves a shorter rest for the next start. */
  void from(long inside, Checkpoint there) {
    mustAddUp(inside, there);
    for (long bundle = inside / HashTiles.WIDTH;
        bundle * HashTiles.WIDTH < there.size();
        bundle++) {
      List<byte[]> missing = missing(bundle, inside, there.size());
      // Taken anew for each bundle: a replay of millions takes longer than any lease.
      Lease lease = leases.take(Sequencer.LEASE, HELD).orElseThrow(Replay::busy);
      transactions.run(() -> again(lease, missing));
      if (bundle % TOLD_EVERY == 0) {
        LOG.infof("done again up to entry %d of %d", bundle * HashTiles.WIDTH, there.size());
      }
    }
    transactions.run(
        () -> {
          checkpoints.intend(there.size(), there.root(), clock.instant());
          checkpoints.published(there.size(), copy.note(), clock.instant());
          ledger.append(
              Event.of(
                  clock.instant(),
                  EventKind.LEDGER_REPLAYED,
                  new Caller.Authority("ledger"),
                  "",
                  "from",
                  String.valueOf(inside),
                  "to",
                  String.valueOf(there.size())));
        });
  }

  /** Everything is hashed before anything is done: a copy that does not add up changes nothing. */
  private void mustAddUp(long inside, Checkpoint there) {
    TreeBuilder tree = transactions.call(() -> TreeBuilder.from(tiles, inside, full -> {}));
    for (long bundle = inside / HashTiles.WIDTH;
        bundle * HashTiles.WIDTH < there.size();
        bundle++) {
      missing(bundle, inside, there.size()).forEach(body -> tree.add(TreeHash.leaf(body)));
    }
    if (!tree.root().equals(there.root())) {
      throw new Failure.Conflict(
              "the ledger's copy in " + copy.words(),
              "has entries that do not add up to the root of its checkpoint",
              "find the first one that differs with verify-ledger")
          .thrown();
    }
  }

  private List<byte[]> missing(long bundle, long inside, long size) {
    List<byte[]> entries = copy.entries(bundle, size);
    int known = HashTiles.width(0, bundle, inside);
    return entries.subList(known, entries.size());
  }

  private void again(Lease lease, List<byte[]> bodies) {
    leases.mustStillHold(lease);
    long first = leaves.count();
    TreeBuilder tree = TreeBuilder.from(tiles, first, tiles::keep);
    // What the backup had in its queue was done already, in the transaction that queued it.
    Map<TreeHash, List<Long>> queued = leaves.queued();
    List<Long> entries = new ArrayList<>();
    for (byte[] body : bodies) {
      TreeHash hash = TreeHash.leaf(body);
      List<Long> same = queued.getOrDefault(hash, new ArrayList<>());
      entries.add(same.isEmpty() ? redo(body) : same.removeFirst());
      tree.add(hash);
    }
    leaves.place(first, entries);
    tree.partialTiles().forEach(tiles::keep);
  }

  private long redo(byte[] body) {
    Event event = Event.parse(body);
    Redo room = rooms.get(event.kind());
    if (room != null) {
      room.redo(event);
    }
    return ledger.write(event, body);
  }

  private void claim(EventKind kind, Redo room) {
    Redo before = rooms.put(kind, room);
    if (before != null) {
      throw new IllegalStateException(
          kind + " is redone by " + before.getClass() + " and by " + room.getClass());
    }
  }

  private static RuntimeException busy() {
    return new Failure.Unavailable(
            "the ledger", "another replica writes it; stop all replicas for a restore", RETRY)
        .thrown();
  }
}
