package io.chancery.cli.local;

import io.chancery.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How to run PostgreSQL, which refuses to be root. An ordinary user runs it directly. Root runs it
 * in a user namespace, where it is nobody and its files stay root's; where the kernel or a
 * container forbids that, as the user nobody, who then owns the database's files.
 */
record Unprivileged(List<String> launcher, Owner owner) {
  /** Whose the database's files have to be. */
  enum Owner {
    SELF(0),
    NOBODY(65_534);

    private final int uid;

    Owner(int uid) {
      this.uid = uid;
    }
  }

  private static final Duration QUICK = Duration.ofSeconds(10);
  private static final Unprivileged DIRECT = new Unprivileged(List.of(), Owner.SELF);
  private static final Unprivileged NAMESPACE =
      new Unprivileged(List.of("unshare", "--user"), Owner.SELF);

  // dac_override: the data directory stands in folders that only root may enter.
  private static final Unprivileged NOBODY =
      new Unprivileged(
          List.of(
              "setpriv",
              "--reuid=65534",
              "--regid=65534",
              "--clear-groups",
              "--inh-caps=+dac_override",
              "--ambient-caps=+dac_override"),
          Owner.NOBODY);

  /** The way that works for this user on this machine. */
  static Unprivileged find() {
    if (!isRoot()) {
      return DIRECT;
    }
    return Stream.of(NAMESPACE, NOBODY)
        .filter(Unprivileged::works)
        .findFirst()
        .orElseThrow(
            () ->
                new Failure.Misconfigured(
                        "PostgreSQL",
                        "does not run as root, and neither unshare nor setpriv works here",
                        "run chancery as an ordinary user, or give a database with --jdbc-url")
                    .thrown());
  }

  /** Gives {@code folder} and what is in it to the user that the server will be. */
  void own(Path folder) throws IOException {
    if (!isRoot()) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : (Iterable<Path>) all::iterator) {
        if (!Integer.valueOf(owner.uid).equals(uid(one))) {
          Files.setAttribute(one, "unix:uid", owner.uid, LinkOption.NOFOLLOW_LINKS);
        }
      }
    }
  }

  private boolean works() {
    try {
      return Program.run(Program.through(launcher, List.of("true")), Path.of("/"), "", QUICK).ok();
    } catch (IOException notInstalled) {
      return false;
    }
  }

  private static boolean isRoot() {
    try {
      // The link itself is root's; what it leads to is this process's user's.
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException noProc) {
      return "root".equals(System.getProperty("user.name"));
    }
  }

  private static Object uid(Path path) throws IOException {
    return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }
}
