package io.chancery.revocation;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A published CRL in files.
 *
 * @param gzip the same octets compressed, where that makes them fewer
 */
public record CrlFile(PublishedCrl crl, Path plain, Optional<Compressed> gzip) {
  /** A compressed file and its length. */
  public record Compressed(Path path, long octets) {}
}
