package io.chancery.ledger.copy;

import java.util.Map;
import java.util.Optional;

/**
 * Somewhere outside the database that keeps the roll: a directory, a bucket. What a call has
 * answered is durable. Paths are relative, of plain names parted by slashes.
 */
public interface Place {
  /** The octets under a path, whole; empty where nothing is. */
  Optional<byte[]> read(String path);

  /**
   * Keeps octets under a path for ever. The same octets once more are no harm; other octets are
   * refused as a conflict, and what was there stays.
   */
  void write(String path, byte[] octets);

  /** The same for many paths; all of it is durable when it returns, none is known to be before. */
  default void writeAll(Map<String, byte[]> files) {
    files.forEach(this::write);
  }

  /** Puts octets in the place of what was there; a reader sees the old or the new, never a part. */
  void replace(String path, byte[] octets);

  /** Removes what something wider has replaced; nothing under the path is no harm. */
  void forget(String path);

  /** What and where it is, for people. */
  String words();
}
