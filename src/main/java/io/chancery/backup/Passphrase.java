package io.chancery.backup;

import io.chancery.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a person keeps to open a backup; it shows itself to nobody but the envelope. */
public final class Passphrase {
  /** Whoever has the file may guess without end: short ones are no protection. */
  private static final int SHORTEST = 12;

  private final String text;

  private Passphrase(String text) {
    this.text = text;
  }

  /** The first line of a file. */
  public static Passphrase read(Path file) {
    String text = firstLine(file);
    if (text.length() < SHORTEST) {
      throw new Failure.Misconfigured(
              file.toString(),
              "its first line is shorter than " + SHORTEST + " characters",
              "make one with: openssl rand -base64 24")
          .thrown();
    }
    return new Passphrase(text);
  }

  /** One that protects a key file; its length is its maker's choice. */
  static Passphrase ofKey(Path file) {
    return new Passphrase(firstLine(file));
  }

  char[] characters() {
    return text.toCharArray();
  }

  @Override
  public String toString() {
    return "Passphrase";
  }

  private static String firstLine(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    } catch (IOException cannot) {
      throw new Failure.Misconfigured(
              file.toString(),
              "cannot be read",
              "name a file with the passphrase in its first line")
          .because(cannot);
    }
  }
}
