package io.chancery.cli.demo;

import java.util.Optional;

/** What a program said, both streams as they came, and how it ended. */
record Answer(int exit, String text) {
  boolean ok() {
    return exit == 0;
  }

  /** The answer of a program that had to end well. */
  Answer orTrouble(String remedy) {
    if (!ok()) {
      throw Trouble.of("it ended with exit code " + exit + ": " + lastLine(), remedy);
    }
    return this;
  }

  /** The first line that holds {@code part}. */
  Optional<String> lineWith(String part) {
    return text.lines().filter(line -> line.contains(part)).map(String::strip).findFirst();
  }

  String lastLine() {
    return text.lines().filter(line -> !line.isBlank()).reduce("", (a, b) -> b).strip();
  }
}
