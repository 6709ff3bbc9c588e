package io.chancery.cli;

import io.chancery.PkiException;
import java.io.PrintWriter;

/** A failure as the person at the terminal reads it: what, and what to do. */
record Complaint(String what, String remedy) {
  static Complaint of(Throwable problem) {
    return problem instanceof PkiException known
        ? new Complaint(known.failure().detail(), known.failure().remedy())
        : new Complaint(
            "unexpected " + problem,
            "this is a bug: run it again with --stack and report what it prints");
  }

  void print(PrintWriter err) {
    err.println("chancery: " + what);
    if (!remedy.isEmpty()) {
      err.println("  remedy: " + remedy);
    }
  }
}
