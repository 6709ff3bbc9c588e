package io.chancery.ledger.note;

import io.chancery.Failure;
import io.chancery.ledger.tree.Consistency;
import io.chancery.ledger.tree.TreeHash;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a log asks a witness, C2SP tlog-witness add-checkpoint: cosign this checkpoint, which goes
 * on from the tree of {@code old} leaves that you saw last.
 *
 * @param proof the path of the consistency proof; empty from an empty tree and to the same size
 */
public record Submission(long old, List<TreeHash> proof, Note note) {
  /** The most octets that a request has. */
  public static final int LONGEST = 64 * 1024;

  private static final int MOST_HASHES = 63;
  private static final String OLD = "old ";

  public Submission {
    proof = List.copyOf(proof);
    if (proof.size() > MOST_HASHES) {
      throw malformed(proof.size() + " proof lines where at most 63 belong");
    }
  }

  public static Submission of(Consistency proof, Note note) {
    return new Submission(proof.old(), proof.path(), note);
  }

  /** Reads the body of a request. */
  public static Submission parse(byte[] body) {
    if (body.length > LONGEST) {
      throw new Failure.TooLarge("add-checkpoint request", LONGEST, "octets").thrown();
    }
    int blank = blankLine(body);
    byte[] head = Arrays.copyOf(body, blank);
    List<String> lines =
        List.of(NoteText.utf8("add-checkpoint request", head).split("\n", MOST_HASHES + 3));
    if (!lines.getFirst().startsWith(OLD)) {
      throw malformed("the first line is not the old size");
    }
    List<TreeHash> proof = new ArrayList<>();
    lines.subList(1, lines.size()).forEach(line -> proof.add(TreeHash.parse(line)));
    long old = Checkpoint.size(lines.getFirst().substring(OLD.length()));
    return new Submission(old, proof, Note.parse(Arrays.copyOfRange(body, blank + 2, body.length)));
  }

  /** The body of a request. */
  public byte[] octets() {
    StringBuilder head = new StringBuilder(OLD).append(old).append('\n');
    proof.forEach(hash -> head.append(hash.base64()).append('\n'));
    head.append('\n');
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
    out.writeBytes(note.octets());
    return out.toByteArray();
  }

  /** The first empty line parts the proof from the checkpoint, which has empty lines itself. */
  private static int blankLine(byte[] body) {
    for (int i = 0; i + 1 < body.length; i++) {
      if (body[i] == '\n' && body[i + 1] == '\n') {
        return i;
      }
    }
    throw malformed("no empty line before the checkpoint");
  }

  private static RuntimeException malformed(String reason) {
    return new Failure.Malformed(
            "add-checkpoint request", "", reason, "C2SP tlog-witness, add-checkpoint")
        .thrown();
  }
}
