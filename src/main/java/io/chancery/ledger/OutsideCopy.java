package io.chancery.ledger;

import io.chancery.Failure;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.copy.Place;
import io.chancery.ledger.note.Checkpoint;
import io.chancery.ledger.note.Note;
import io.chancery.ledger.note.NoteSigner;
import io.chancery.ledger.tree.EntryBundle;
import io.chancery.ledger.tree.HashTiles;
import io.chancery.ledger.tree.Tile;
import io.chancery.ledger.tree.TilePath;
import io.chancery.ledger.tree.Tree;
import io.chancery.ledger.tree.TreeHash;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The roll outside the database, as C2SP tlog-tiles lays it out: {@code checkpoint}, {@code
 * tile/<L>/<N>} and {@code tile/entries/<N>}. Whoever has these files and the ledger's public key
 * needs nothing of us to check them.
 */
@Singleton
final class OutsideCopy {
  static final String CHECKPOINT = "checkpoint";
  private static final int LEVELS = 8;

  /** Files that are written together. */
  private static final int AT_ONCE = 32;

  private final Place place;
  private final NoteSigner signer;
  private final Leaves leaves;
  private final TileRows tiles;
  private final Transactions transactions;

  /** The size before the copy's last one. */
  private long before;

  @Inject
  OutsideCopy(
      Place place, NoteSigner signer, Leaves leaves, TileRows tiles, Transactions transactions) {
    this.place = place;
    this.signer = signer;
    this.leaves = leaves;
    this.tiles = tiles;
    this.transactions = transactions;
  }

  /**
   * What the copy holds, by its own word; empty where there is none. {@code Refused} where the
   * ledger key has not signed it, {@code Unavailable} where it cannot be read.
   */
  Optional<Checkpoint> newest() {
    return place
        .read(CHECKPOINT)
        .map(
            octets -> {
              Note note = Note.parse(octets);
              note.verified(List.of(signer.key()));
              Checkpoint checkpoint = Checkpoint.parse(note.text());
              if (!checkpoint.origin().equals(signer.key().name())) {
                throw new Failure.Refused(
                        "ledger-origin",
                        "the copy is of another ledger, " + checkpoint.origin(),
                        "give this authority its own copy with chancery.ledger.copy")
                    .thrown();
              }
              return checkpoint;
            });
  }

  /** The checkpoint as it was signed. */
  String note() {
    return place
        .read(CHECKPOINT)
        .map(octets -> Note.parse(octets).toString())
        .orElseThrow(() -> new Failure.NotFound("checkpoint", CHECKPOINT).thrown());
  }

  /** The entries of one bundle, as many as a copy of {@code size} entries has there. */
  List<byte[]> entries(long bundle, long size) {
    int width = HashTiles.width(0, bundle, size);
    return EntryBundle.parse(octets(new TilePath.Entries(bundle, width), size), width);
  }

  /** The copy's own tiles. A full tile serves where the partial one has been tidied away. */
  HashTiles hashes(long size) {
    return (level, n, width) -> {
      int there = HashTiles.width(level, n, size);
      byte[] octets = octets(new TilePath.Hashes(level, n, there), size);
      if (octets.length != there * TreeHash.LENGTH) {
        throw cutShort(new TilePath.Hashes(level, n, there), octets.length);
      }
      return Arrays.copyOf(octets, width * TreeHash.LENGTH);
    };
  }

  String words() {
    return place.words();
  }

  /**
   * Brings the copy to {@code size} entries. What it holds must be a beginning of what the database
   * holds; whatever is not is never written over.
   *
   * @param mayShow refuses where another writer has taken over; asked last, so that one who was
   *     frozen does not put an old checkpoint in the place of a newer one
   */
  void extend(long size, TreeHash root, Note note, Runnable mayShow) {
    long from = newest().map(there -> mustBeABeginning(there, size, root)).orElse(0L);
    if (from == size && from > 0) {
      mayShow.run();
      place.replace(CHECKPOINT, note.octets()); // it may lack a cosignature
      return;
    }
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (long bundle = from / HashTiles.WIDTH; bundle * HashTiles.WIDTH < size; bundle++) {
      writeEntries(bundle, size, files);
    }
    for (int level = 0; level < LEVELS; level++) {
      writeTiles(level, from, size, files);
    }
    place.writeAll(files);
    mayShow.run();
    place.replace(CHECKPOINT, note.octets());
    tidy(from, size);
  }

  /** Puts the checkpoint that is shown in the place of an older one. */
  void mend(long size, String note) {
    if (newest().map(there -> there.size() < size).orElse(true)) {
      place.replace(CHECKPOINT, note.getBytes(StandardCharsets.UTF_8));
    }
  }

  private long mustBeABeginning(Checkpoint there, long size, TreeHash root) {
    boolean same =
        there.size() <= size
            && (there.size() == size
                ? there.root().equals(root)
                : transactions.call(() -> Tree.root(tiles, there.size())).equals(there.root()));
    if (!same) {
      throw new Failure.Conflict(
              "the ledger's copy in " + place.words(),
              "holds " + there.size() + " entries that are not the database's first ones",
              "run verify-ledger")
          .thrown();
    }
    return there.size();
  }

  private void write(TilePath path, byte[] octets, Map<String, byte[]> files) {
    files.put(path.toString(), octets);
    if (files.size() == AT_ONCE) {
      place.writeAll(files);
      files.clear();
    }
  }

  private void writeEntries(long bundle, long size, Map<String, byte[]> files) {
    int width = HashTiles.width(0, bundle, size);
    List<byte[]> bodies = transactions.call(() -> leaves.bodies(bundle * HashTiles.WIDTH, width));
    write(new TilePath.Entries(bundle, width), EntryBundle.of(bodies), files);
  }

  private void writeTiles(int level, long from, long size, Map<String, byte[]> files) {
    long first = from >>> (8 * level) >>> 8;
    for (long n = first; HashTiles.width(level, n, size) > 0; n++) {
      int width = HashTiles.width(level, n, size);
      long number = n;
      byte[] hashes = transactions.call(() -> tiles.hashes(level, number, width));
      write(new Tile(level, n, hashes).path(), hashes, files);
    }
  }

  /**
   * The partial tiles of the checkpoint before the last go: whoever reads the copy has a newer one,
   * and tiles of every width are served from the database.
   */
  private void tidy(long from, long size) {
    Set<String> kept = new HashSet<>(partials(from));
    kept.addAll(partials(size));
    partials(before).stream().filter(path -> !kept.contains(path)).forEach(place::forget);
    before = from;
  }

  private static List<String> partials(long size) {
    List<String> paths = new ArrayList<>();
    for (int level = 0; level < LEVELS; level++) {
      long n = size >>> (8 * level) >>> 8;
      int width = HashTiles.width(level, n, size);
      if (width > 0) {
        paths.add(new TilePath.Hashes(level, n, width).toString());
        if (level == 0) {
          paths.add(new TilePath.Entries(n, width).toString());
        }
      }
    }
    return paths;
  }

  private byte[] octets(TilePath path, long size) {
    return place
        .read(path.toString())
        .orElseThrow(
            () ->
                new Failure.Conflict(
                        "the ledger's copy in " + place.words(),
                        "lacks " + path + " although it speaks of " + size + " entries",
                        "bring the file back, or run verify-ledger")
                    .thrown());
  }

  private RuntimeException cutShort(TilePath path, int length) {
    return new Failure.Conflict(
            "the ledger's copy in " + place.words(),
            path + " has " + length + " octets and is cut short",
            "bring the file back, or run verify-ledger")
        .thrown();
  }
}
