package io.chancery.ledger.note;

import io.chancery.Failure;
import io.chancery.Quoted;
import io.chancery.ledger.tree.TreeHash;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a log says of its tree, C2SP tlog-checkpoint: the text of a note.
 *
 * @param origin the log's identity, usually the name of its key
 * @param extensions further lines, usually none
 */
public record Checkpoint(String origin, long size, TreeHash root, List<String> extensions) {
  private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,18}");

  public Checkpoint {
    extensions = List.copyOf(extensions);
    checkLine(origin);
    extensions.forEach(Checkpoint::checkLine);
    if (size < 0) {
      throw malformed(Long.toString(size), "a tree has no negative size");
    }
    // RFC 6962 s2.1: there is one empty tree.
    if (size == 0 && !root.equals(TreeHash.EMPTY)) {
      throw malformed(root.base64(), "is not the root of an empty tree");
    }
  }

  public static Checkpoint of(String origin, long size, TreeHash root) {
    return new Checkpoint(origin, size, root, List.of());
  }

  /** Reads the text of a note. */
  public static Checkpoint parse(String text) {
    if (!text.endsWith("\n")) {
      throw malformed("", "the text has no last line end");
    }
    List<String> lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
    if (lines.size() < 3) {
      throw malformed("", lines.size() + " lines where origin, size and root belong");
    }
    return new Checkpoint(
        lines.get(0),
        size(lines.get(1)),
        TreeHash.parse(lines.get(2)),
        lines.subList(3, lines.size()));
  }

  /** Reads a tree's size: digits without leading zeroes, below 2^63. */
  public static long size(String digits) {
    if (SIZE.matcher(digits).matches()) {
      try {
        return Long.parseLong(digits);
      } catch (NumberFormatException tooLarge) {
        throw malformed(digits, "is larger than any tree");
      }
    }
    throw malformed(Quoted.of(digits), "is not a tree's size in decimal digits");
  }

  /** The text of the note. */
  public String text() {
    StringBuilder out = new StringBuilder();
    out.append(origin).append('\n').append(size).append('\n').append(root.base64()).append('\n');
    extensions.forEach(line -> out.append(line).append('\n'));
    return out.toString();
  }

  private static void checkLine(String line) {
    if (line.isEmpty() || line.contains("\n") || !NoteText.isPlain(line)) {
      throw malformed(Quoted.of(line), "is not a line of plain text");
    }
  }

  private static RuntimeException malformed(String where, String reason) {
    return new Failure.Malformed("checkpoint", where, reason, "C2SP tlog-checkpoint, Note text")
        .thrown();
  }
}
