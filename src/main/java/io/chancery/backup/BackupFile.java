package io.chancery.backup;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.Arrays;
import java.util.HexFormat;

/** A backup on disk, which is read from its begin to its end each time. */
record BackupFile(Path path, Unlocking unlocking) {
  private static final int BUFFER = 262_144;
  private static final int TAG = 16;

  /** What a reading found: the content's manifest, and the file's own hash. */
  record Found(Manifest manifest, String sha256, long size) {}

  /** Decrypts and checks all of it; the tables' data goes to {@code sink} meanwhile. */
  Found read(ArchiveReader.TableSink sink) {
    String name = "backup " + path;
    try (DigestInputStream file = new DigestInputStream(open(), Sha256.digest())) {
      InputStream content = OpenedEnvelope.open(name, file, unlocking);
      Manifest manifest = ArchiveReader.read(name, content, sink);
      if (file.read() != -1 || !endsAsWritten()) {
        throw damaged(name).thrown();
      }
      return new Found(
          manifest, HexFormat.of().formatHex(file.getMessageDigest().digest()), Files.size(path));
    } catch (PkiException known) {
      throw known;
    } catch (IOException | RuntimeException broken) {
      // Parsers meet damaged octets in many ways; whatever it is, this file is not the one written.
      throw damaged(name).because(broken);
    }
  }

  /**
   * X.690 s8.1.5: ends of contents around the tag. They carry nothing and a parser may pass over
   * them, but a backup that is not the one that was written is refused wherever it differs.
   */
  private boolean endsAsWritten() throws IOException {
    byte[] form = HexFormat.of().parseHex("000000000410" + "00".repeat(TAG) + "000000000000");
    try (SeekableByteChannel channel = Files.newByteChannel(path)) {
      ByteBuffer end = ByteBuffer.allocate(form.length);
      channel.position(channel.size() - form.length);
      while (end.hasRemaining() && channel.read(end) >= 0) {
        continue;
      }
      Arrays.fill(end.array(), 6, 6 + TAG, (byte) 0);
      return Arrays.equals(end.array(), form);
    }
  }

  private InputStream open() {
    try {
      return new BufferedInputStream(Files.newInputStream(path), BUFFER);
    } catch (IOException cannot) {
      throw new Failure.Misconfigured(
              path.toString(), "cannot be read", "name a backup's file that this user may read")
          .because(cannot);
    }
  }

  private static Failure damaged(String name) {
    return new Failure.Malformed(
        name,
        "",
        "is cut short or was changed after it was written; take another copy of it",
        "RFC 5084 s3.2");
  }
}
