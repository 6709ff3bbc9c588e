package io.chancery.backup;

import io.chancery.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A public file that travels with the database: a certificate, authority.yaml, a profile. */
public record Paper(String name, byte[] octets) {
  private static final Pattern SECRET = Pattern.compile("-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY");
  private static final long LARGEST = 1_048_576;

  /** Reads a file; one with a private key in it is refused. */
  public static Paper read(String name, Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new Failure.TooLarge(file.toString(), LARGEST, "octets").thrown();
      }
      byte[] octets = Files.readAllBytes(file);
      String text = new String(octets, java.nio.charset.StandardCharsets.ISO_8859_1);
      if (SECRET.matcher(text).find()) {
        throw new Failure.Refused(
                "no-keys-in-a-backup",
                file + " holds a private key, which has no place in a backup",
                "keep keys out of that folder")
            .thrown();
      }
      return new Paper(name, octets);
    } catch (IOException cannot) {
      throw new Failure.Misconfigured(file.toString(), "cannot be read", "look at its permissions")
          .because(cannot);
    }
  }

  @Override
  public String toString() {
    return "Paper[" + name + "]";
  }
}
