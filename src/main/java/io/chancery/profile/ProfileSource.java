package io.chancery.profile;

import io.chancery.x509.Thumbprint;
import java.nio.charset.StandardCharsets;

/**
 * The file a profile was read from: its name and its exact text, so that people decide over the
 * very bytes that the program runs on.
 */
public record ProfileSource(String file, String text) {
  /** SHA-256 of the file, as {@code sha256sum} prints it. */
  public Thumbprint thumbprint() {
    return Thumbprint.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
