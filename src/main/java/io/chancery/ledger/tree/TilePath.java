package io.chancery.ledger.tree;

import io.chancery.Failure;
import io.chancery.Quoted;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a tile, as C2SP tlog-tiles writes it; the text form is {@code toString()}. */
public sealed interface TilePath {
  /** Which tile of its level. */
  long n();

  /** 256 for a full tile, 1 to 255 for a partial one. */
  int width();

  /** {@code tile/<L>/<N>[.p/<W>]}: a tile of hashes. */
  record Hashes(int level, long n, int width) implements TilePath {
    public Hashes {
      Shape.check(level, n, width);
    }

    @Override
    public String toString() {
      return "tile/" + level + "/" + Shape.number(n) + Shape.partial(width);
    }
  }

  /** {@code tile/entries/<N>[.p/<W>]}: the entries under a tile of level 0. */
  record Entries(long n, int width) implements TilePath {
    public Entries {
      Shape.check(0, n, width);
    }

    @Override
    public String toString() {
      return "tile/entries/" + Shape.number(n) + Shape.partial(width);
    }
  }

  /** Reads a path from outside; whatever is not exactly the one way to write it is refused. */
  static TilePath parse(String text) {
    Matcher parts = Shape.PATH.matcher(text);
    if (text.length() > Shape.LONGEST || !parts.matches()) {
      throw Shape.malformed(Quoted.of(text), "is no tile's path");
    }
    long n = Long.parseLong(parts.group("n").replace("/", "").replace("x", ""));
    String partial = parts.group("w");
    int width = partial == null ? HashTiles.WIDTH : Integer.parseInt(partial);
    String level = parts.group("level");
    TilePath path =
        level.equals("entries")
            ? new Entries(n, width)
            : new Hashes(Integer.parseInt(level), n, width);
    // One tile has one path: leading zeroes, x000 in front and a partial tile of 256 are others.
    if (!path.toString().equals(text)) {
      throw Shape.malformed(Quoted.of(text), "the tile's path is " + path);
    }
    return path;
  }

  /** How a path is put together. */
  final class Shape {
    private static final int LONGEST = 64;
    private static final int HIGHEST_LEVEL = 63;
    // A tree has fewer than 2^63 leaves, so a level has fewer than 2^55 tiles.
    private static final long MOST_TILES = 1L << 55;
    private static final Pattern PATH =
        Pattern.compile(
            "tile/(?<level>[0-9]{1,2}|entries)/(?<n>(x[0-9]{3}/){0,5}[0-9]{3})"
                + "(\\.p/(?<w>[0-9]{1,3}))?");

    private Shape() {}

    private static void check(int level, long n, int width) {
      if (level < 0 || level > HIGHEST_LEVEL) {
        throw malformed("", "level " + level + " is not between 0 and 63");
      }
      if (n < 0 || n >= MOST_TILES) {
        throw malformed("", "no tree has a tile " + n);
      }
      if (width < 1 || width > HashTiles.WIDTH) {
        throw malformed("", "a width of " + width + " is not between 1 and 256");
      }
    }

    /** Groups of three digits; every group but the last begins with an x. */
    private static String number(long n) {
      String text = String.format("%03d", n % 1000);
      for (long rest = n / 1000; rest > 0; rest /= 1000) {
        text = String.format("x%03d/", rest % 1000) + text;
      }
      return text;
    }

    private static String partial(int width) {
      return width == HashTiles.WIDTH ? "" : ".p/" + width;
    }

    private static RuntimeException malformed(String where, String reason) {
      return new Failure.Malformed("tile path", where, reason, "C2SP tlog-tiles, Merkle Tree")
          .thrown();
    }
  }
}
