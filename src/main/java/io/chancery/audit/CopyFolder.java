package io.chancery.audit;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.ledger.note.Checkpoint;
import io.chancery.ledger.note.Note;
import io.chancery.ledger.tree.HashTiles;
import io.chancery.ledger.tree.TilePath;
import io.chancery.ledger.tree.TreeHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The copy of the roll outside the database: C2SP tlog-tiles in a folder. */
final class CopyFolder implements TileSource {
  private static final String CHECKPOINT = "checkpoint";

  /** While it is read, a partial tile may go because the full one has come. */
  private static final int TRIES = 3;

  private final Path root;

  CopyFolder(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  /** The signed note; without one there is nothing to verify. */
  byte[] checkpoint() {
    try {
      return Files.readAllBytes(root.resolve(CHECKPOINT));
    } catch (IOException cannot) {
      throw new Failure.Misconfigured(
              "the ledger's copy " + root,
              "has no checkpoint that can be read",
              "name the folder that holds checkpoint and tile/ with --copy")
          .because(cannot);
    }
  }

  /** How many leaves its checkpoint counts at this moment. */
  long size() {
    return Checkpoint.parse(Note.parse(checkpoint()).text()).size();
  }

  @Override
  public Optional<byte[]> hashes(int level, long n, int width) {
    return widest(new TilePath.Hashes(level, n, HashTiles.WIDTH), width)
        .map(
            file ->
                file.width() == width
                    ? file.octets()
                    : Arrays.copyOf(
                        file.octets(), Math.min(file.octets().length, width * TreeHash.LENGTH)));
  }

  @Override
  public String name(int level, long n, int width) {
    return new TilePath.Hashes(level, n, width).toString();
  }

  /**
   * What a bundle holds.
   *
   * @param entries as many as it holds whole, at most as many as were asked for
   * @param rest octets behind its last whole entry
   */
  record Bundle(List<byte[]> entries, int rest) {}

  /** The first {@code width} entries of bundle {@code n}; empty where there is no file. */
  Optional<Bundle> entries(long n, int width) {
    return widest(new TilePath.Entries(n, HashTiles.WIDTH), width)
        .map(
            file -> {
              Bundle whole = whole(file);
              List<byte[]> all = whole.entries();
              return new Bundle(all.subList(0, Math.min(width, all.size())), whole.rest());
            });
  }

  String entriesName(long n, int width) {
    return new TilePath.Entries(n, width).toString();
  }

  private record File(byte[] octets, int width) {}

  private static Bundle whole(File file) {
    List<byte[]> entries = new ArrayList<>(file.width());
    int at = 0;
    byte[] octets = file.octets();
    while (entries.size() < file.width() && at + 2 <= octets.length) {
      int end = at + 2 + ((octets[at] & 0xFF) << 8 | (octets[at + 1] & 0xFF));
      if (end > octets.length) {
        break;
      }
      entries.add(Arrays.copyOfRange(octets, at + 2, end));
      at = end;
    }
    return new Bundle(entries, octets.length - at);
  }

  /** The tile of this width, or else a wider one. */
  private Optional<File> widest(TilePath full, int width) {
    for (int i = 0; i < TRIES; i++) {
      for (int candidate : candidates(full, width)) {
        Optional<byte[]> octets = read(file(full, candidate));
        if (octets.isPresent()) {
          return Optional.of(new File(octets.get(), candidate));
        }
      }
    }
    return Optional.empty();
  }

  private List<Integer> candidates(TilePath full, int width) {
    List<Integer> candidates = new ArrayList<>(List.of(width));
    if (width < HashTiles.WIDTH) {
      candidates.add(HashTiles.WIDTH);
      Path partial = root.resolve(full + ".p");
      try (Stream<Path> files = Files.list(partial)) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.matches("[1-9][0-9]{0,2}"))
            .map(Integer::valueOf)
            .filter(wide -> wide > width)
            .sorted()
            .forEach(candidates::add);
      } catch (IOException none) {
        return candidates;
      }
    }
    return candidates;
  }

  private Path file(TilePath full, int width) {
    return root.resolve(full + (width == HashTiles.WIDTH ? "" : ".p/" + width));
  }

  private Optional<byte[]> read(Path file) {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (IOException cannot) {
      throw unreadable(file, cannot);
    }
  }

  private static PkiException unreadable(Path file, IOException cannot) {
    return new Failure.Misconfigured(
            "the ledger's copy", file + " cannot be read", "look at its permissions and its disk")
        .because(cannot);
  }
}
