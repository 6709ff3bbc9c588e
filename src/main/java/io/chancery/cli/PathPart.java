package io.chancery.cli;

import io.chancery.Failure;
import io.chancery.Quoted;
import java.util.UUID;

/** What the person typed becomes a part of a path: only what it can be. */
final class PathPart {
  private PathPart() {}

  static String of(String id) {
    try {
      return UUID.fromString(id.strip()).toString();
    } catch (IllegalArgumentException none) {
      throw new Failure.Malformed(
              "ID", "", Quoted.of(id) + " is no proposal's id", "see: chancery approvals")
          .because(none);
    }
  }
}
