package io.chancery.cli.demo;

import io.chancery.Failure;
import io.chancery.PkiException;

/** A step that did not go as told. */
final class Trouble {
  private Trouble() {}

  static PkiException of(String found, String remedy) {
    return new Failure.Refused("", found, remedy).thrown();
  }

  /** The same with the name of its step, for the last lines on the screen. */
  static PkiException in(String step, PkiException problem) {
    return new Failure.Refused(
            "",
            "the demo stopped at step " + step + ": " + problem.failure().detail(),
            problem.failure().remedy())
        .because(problem);
  }
}
