package io.chancery.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What {@code postmaster.pid} says of the server on a data directory. */
record Postmaster(long pid, int port, String status) {
  private static final String FILE = "postmaster.pid";
  private static final Pattern RUNNING = Pattern.compile("\\d+ \\(postgres\\) [^ZX]");

  /**
   * The running server, if there is one. The caller holds the data directory's lock, so that a file
   * whose process is none of PostgreSQL's is a leftover with a number that was given away again:
   * PostgreSQL would refuse to start on it, so it goes.
   */
  static Optional<Postmaster> running(Path postgres) throws IOException {
    Path file = postgres.resolve(FILE);
    try {
      Postmaster found = parse(Files.readAllLines(file));
      if (found.alive(postgres)) {
        return Optional.of(found);
      }
      if (ProcessHandle.of(found.pid).isPresent()) {
        Files.delete(file);
      }
      return Optional.empty();
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  /** A server's process, working in this folder; one that hides its folder counts as well. */
  private boolean alive(Path postgres) {
    Path process = Path.of("/proc/" + pid);
    try {
      // proc(5): pid (name) state; Z and X are dead and wait for their parent only.
      if (!RUNNING.matcher(Files.readString(process.resolve("stat"))).lookingAt()) {
        return false;
      }
    } catch (IOException gone) {
      return false;
    }
    try {
      return Files.isSameFile(process.resolve("cwd"), postgres);
    } catch (IOException hidden) {
      return true;
    }
  }

  /** Accepts connections. */
  boolean ready() {
    return status.equals("ready") && !Ports.free(port);
  }

  /** Lines by their order: pid, folder, start, port, socket folder, address, memory, status. */
  private static Postmaster parse(List<String> lines) {
    return new Postmaster(
        number(lines, 0), (int) number(lines, 3), lines.size() > 7 ? lines.get(7).strip() : "");
  }

  private static long number(List<String> lines, int line) {
    String text = lines.size() > line ? lines.get(line).strip() : "";
    return text.matches("-?\\d{1,10}") ? Math.abs(Long.parseLong(text)) : 0;
  }
}
