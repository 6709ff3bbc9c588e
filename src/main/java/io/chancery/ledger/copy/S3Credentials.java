package io.chancery.ledger.copy;

import io.chancery.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An access key with its secret, read from its file for every request: a rotated key needs no
 * restart, and none lies in memory for long.
 */
final class S3Credentials {
  private static final String ID = "aws_access_key_id";
  private static final String SECRET = "aws_secret_access_key";
  private static final String TOKEN = "aws_session_token";
  private static final List<String> KNOWN = List.of(ID, SECRET, TOKEN);

  private final String id;
  private final String secret;
  private final Optional<String> token;

  S3Credentials(String id, String secret, Optional<String> token) {
    this.id = id;
    this.secret = secret;
    this.token = token;
  }

  /** Reads {@code name = value} lines, in one section or none. */
  static S3Credentials read(Path file) {
    Map<String, String> values = new HashMap<>();
    for (String line : lines(file)) {
      int equals = line.indexOf('=');
      String name = equals < 0 ? "" : line.substring(0, equals).strip();
      // The first of each counts: AWS's own file begins with the section [default].
      if (KNOWN.contains(name)) {
        values.putIfAbsent(name, line.substring(equals + 1).strip());
      }
    }
    String id = values.getOrDefault(ID, "");
    String secret = values.getOrDefault(SECRET, "");
    if (id.isEmpty() || secret.isEmpty()) {
      throw misconfigured(file, "does not have " + ID + " and " + SECRET).thrown();
    }
    return new S3Credentials(id, secret, Optional.ofNullable(values.get(TOKEN)));
  }

  String id() {
    return id;
  }

  String secret() {
    return secret;
  }

  Optional<String> token() {
    return token;
  }

  @Override
  public String toString() {
    return "an S3 access key";
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException cannot) {
      throw misconfigured(file, "cannot be read").because(cannot);
    }
  }

  private static Failure misconfigured(Path file, String reason) {
    return new Failure.Misconfigured(
        "S3 credentials " + file, reason, "write " + ID + " = ... and " + SECRET + " = ... in it");
  }
}
