package io.chancery.ledger.copy;

import io.chancery.Failure;
import io.chancery.Quoted;
import java.util.regex.Pattern;

/** The shape that every path has, so that none leads out of its place. */
final class PlacePath {
  private static final int LONGEST = 512;
  private static final Pattern SHAPE =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*");

  private PlacePath() {}

  static String checked(String path) {
    if (path.length() > LONGEST || !SHAPE.matcher(path).matches()) {
      throw new Failure.Malformed(
              "path of the ledger's copy",
              Quoted.of(path),
              "is not names of letters, digits, dot, dash and underscore, parted by slashes",
              "chancery ledger copy")
          .thrown();
    }
    return path;
  }

  static Failure.Conflict differs(String path) {
    return new Failure.Conflict(
        path + " in the ledger's copy",
        "is kept with other octets",
        "run verify-ledger: the copy belongs to another ledger, or one of the two was changed");
  }
}
