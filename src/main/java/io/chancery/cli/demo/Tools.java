package io.chancery.cli.demo;

import io.chancery.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The foreign programs of this machine: two that the story needs, two that it likes to have. */
record Tools(Optional<Path> nginx, Optional<Path> node) {
  /** Looks for them; throws where one is missing that is needed. */
  static Tools find(String path) {
    required("openssl", path);
    required("curl", path);
    // Ordinary users often do not have the folders of servers in their path.
    return new Tools(program("nginx", path + ":/usr/sbin:/usr/local/sbin"), program("node", path));
  }

  private static void required(String name, String path) {
    if (program(name, path).isEmpty()) {
      throw new Failure.Refused(
              "",
              name + " is not installed, and the demo needs it: install the package " + name,
              "")
          .thrown();
    }
  }

  static Optional<Path> program(String name, String path) {
    return Stream.of(path.split(":", -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder).resolve(name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }
}
