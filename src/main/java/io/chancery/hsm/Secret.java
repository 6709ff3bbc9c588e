package io.chancery.hsm;

import io.chancery.Failure;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** A PIN or password for as long as it is needed: read from its file, wiped on close. */
final class Secret implements AutoCloseable {
  private static final int LONGEST = 1024;

  private final char[] characters;

  private Secret(char[] characters) {
    this.characters = characters;
  }

  /** The file's text without its line end. Refuses an empty file and one that others may read. */
  static Secret read(Path file) {
    PrivateFile.check(file);
    byte[] octets = new byte[LONGEST + 1];
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      int length = withoutLineEnd(octets, in.readNBytes(octets, 0, octets.length));
      if (length == 0) {
        throw misconfigured(file, "is empty", "write the PIN into it").thrown();
      }
      if (length > LONGEST) {
        throw misconfigured(file, "holds more than " + LONGEST + " octets", "write the PIN alone")
            .thrown();
      }
      return new Secret(decoded(octets, length));
    } catch (IOException unreadable) {
      throw misconfigured(file, "cannot be read", "let the service's user read it")
          .because(unreadable);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /** The characters themselves, not a copy: {@link #close} wipes what was handed out. */
  char[] characters() {
    return characters;
  }

  @Override
  public void close() {
    Arrays.fill(characters, '\0');
  }

  @Override
  public String toString() {
    return "Secret[not shown]";
  }

  private static int withoutLineEnd(byte[] octets, int read) {
    int length = read;
    while (length > 0 && (octets[length - 1] == '\n' || octets[length - 1] == '\r')) {
      length--;
    }
    return length;
  }

  private static char[] decoded(byte[] octets, int length) {
    CharBuffer buffer = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(octets, 0, length));
    char[] characters = new char[buffer.remaining()];
    buffer.get(characters);
    Arrays.fill(buffer.array(), '\0');
    return characters;
  }

  private static Failure misconfigured(Path file, String reason, String remedy) {
    return new Failure.Misconfigured(file.toString(), reason, remedy);
  }
}
