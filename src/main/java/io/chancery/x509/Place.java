package io.chancery.x509;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.io.IOException;

/** Where in someone's input a reader stands, so that every refusal can say it. */
record Place(String what, String where) {
  static final Place REQUEST = new Place("certification request", "");
  static final Place CERTIFICATE = new Place("certificate", "");

  /** A part of this place: {@code public key}, then {@code public key, octet 12}. */
  Place at(String part) {
    return new Place(what, where.isEmpty() ? part : where + ", " + part);
  }

  PkiException malformed(String reason, String clause) {
    return new Failure.Malformed(what, where, reason, clause).thrown();
  }

  /** Runs a reader that may throw anything; what it throws becomes a refusal at this place. */
  <T> T read(String clause, Reading<T> reading) {
    try {
      return reading.read();
    } catch (PkiException known) {
      throw known;
    } catch (IOException | RuntimeException unreadable) {
      throw new Failure.Malformed(what, where, "cannot be read", clause)
          .because(withoutMessage(unreadable));
    }
  }

  /**
   * A decoder's message may quote the input raw, and a log would print it: only the trace stays.
   */
  private static Throwable withoutMessage(Exception unreadable) {
    Throwable bare = new IllegalArgumentException(unreadable.getClass().getName());
    bare.setStackTrace(unreadable.getStackTrace());
    return bare;
  }

  /** A piece of decoding that may fail. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws IOException;
  }
}
