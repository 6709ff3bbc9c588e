package io.chancery.hsm;

import io.chancery.Failure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Gets SoftHSM onto this box by its own package manager. */
final class SoftHsmInstall {
  private static final long LONGEST_MINUTES = 5;
  private static final int ROOT = 0;
  private static final String WHAT_TO_INSTALL =
      "install SoftHSM 2: 'apt-get install libsofthsm2' (Debian, Ubuntu), 'dnf install softhsm'"
          + " (Fedora), 'apk add softhsm' (Alpine), 'brew install softhsm' (macOS),"
          + " or set SOFTHSM2_MODULE to its library";

  private final Path cache;
  private final Consumer<String> progress;

  SoftHsmInstall(Path cache, Consumer<String> progress) {
    this.cache = cache;
    this.progress = progress;
  }

  SoftHsm install() {
    if (NativeProcess.user() == ROOT) {
      asRoot();
    }
    Optional<SoftHsm> installed = SoftHsm.find(cache);
    if (installed.isEmpty() && has("apt-get") && has("dpkg-deb")) {
      unpack();
      installed = SoftHsm.find(cache);
    }
    return installed.orElseThrow(
        () ->
            new Failure.Misconfigured("SoftHSM", "there is none on this machine", WHAT_TO_INSTALL)
                .thrown());
  }

  private void asRoot() {
    if (has("apt-get")) {
      List<String> install =
          List.of("apt-get", "install", "-y", "--no-install-recommends", "libsofthsm2");
      if (!run("installing SoftHSM with apt-get", install)) {
        run("reading the package lists", List.of("apt-get", "update"));
        run("installing SoftHSM with apt-get", install);
      }
    } else if (has("dnf")) {
      run("installing SoftHSM with dnf", List.of("dnf", "install", "-y", "softhsm"));
    } else if (has("apk")) {
      run("installing SoftHSM with apk", List.of("apk", "add", "softhsm"));
    }
  }

  /** An ordinary user may download a package and unpack it, and needs no more of it. */
  private void unpack() {
    try {
      PrivateFile.folder(cache);
      Path work = Files.createTempDirectory(cache, "download");
      try {
        if (!download(work, List.of())) {
          List<String> ownLists = ownLists(work);
          run("reading the package lists", with(List.of("apt-get"), ownLists, "update"));
          download(work, ownLists);
        }
        for (Path archive : archives(work)) {
          run(
              "unpacking SoftHSM into " + cache,
              List.of("dpkg-deb", "-x", archive.toString(), cache.toString()));
        }
      } finally {
        delete(work);
      }
    } catch (IOException unwritable) {
      progress.accept("cannot write to " + cache + ": " + unwritable.getMessage());
    }
  }

  private boolean download(Path work, List<String> options) throws IOException {
    run(
        "downloading SoftHSM with apt-get",
        with(List.of("apt-get"), options, "download", "libsofthsm2"),
        work);
    return !archives(work).isEmpty();
  }

  /** Package lists of our own, for machines where nobody ever read any. */
  private static List<String> ownLists(Path work) throws IOException {
    Files.createDirectories(work.resolve("lists/partial"));
    Files.createDirectories(work.resolve("archives/partial"));
    return List.of(
        "-o",
        "Dir::State::lists=" + work.resolve("lists"),
        "-o",
        "Dir::Cache=" + work,
        "-o",
        "Debug::NoLocking=1");
  }

  private boolean run(String what, List<String> command) {
    return run(what, command, cache.getRoot());
  }

  private boolean run(String what, List<String> command, Path folder) {
    progress.accept(what);
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
        return process.exitValue() == 0;
      }
      process.destroyForcibly();
      return false;
    } catch (IOException notThere) {
      return false;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static List<String> with(List<String> first, List<String> options, String... last) {
    List<String> command = new ArrayList<>(first);
    command.addAll(options);
    command.addAll(Arrays.asList(last));
    return command;
  }

  private static List<Path> archives(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".deb")).toList();
    }
  }

  private static boolean has(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .anyMatch(Files::isExecutable);
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.sorted(java.util.Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
