package io.chancery.hsm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** SoftHSM 2, the token in software that {@code up} and the tests use: its library on this box. */
public record SoftHsm(Path library) {
  /** An operator's own choice of the library. */
  private static final String VARIABLE = "SOFTHSM2_MODULE";

  private static final String FILE = "libsofthsm2.so";

  private static final List<Path> USUAL =
      Stream.of(
              "/usr/lib/softhsm",
              "/usr/lib/x86_64-linux-gnu/softhsm",
              "/usr/lib/aarch64-linux-gnu/softhsm",
              "/usr/lib64/softhsm",
              "/usr/lib64/pkcs11",
              "/usr/local/lib/softhsm",
              "/opt/homebrew/lib/softhsm",
              "/opt/local/lib/softhsm")
          .map(folder -> Path.of(folder, FILE))
          .toList();

  /** In {@code SOFTHSM2_MODULE}, in the usual places, or unpacked into {@code cache} before. */
  public static Optional<SoftHsm> find(Path cache) {
    Stream<Path> named = Stream.ofNullable(System.getenv(VARIABLE)).map(Path::of);
    return Stream.of(named, USUAL.stream(), unpacked(cache).stream())
        .flatMap(places -> places)
        .filter(Files::isRegularFile)
        .findFirst()
        .map(SoftHsm::new);
  }

  /**
   * The same, and where there is none: installed by the package manager as root, unpacked into
   * {@code cache} as an ordinary user, or refused with one line that names what to install.
   */
  public static SoftHsm findOrInstall(Path cache, Consumer<String> progress) {
    return find(cache).orElseGet(() -> new SoftHsmInstall(cache, progress).install());
  }

  /** The user's own cache: {@code ~/.cache/chancery/softhsm}. */
  public static Path userCache() {
    return Path.of(System.getProperty("user.home"), ".cache", "chancery", "softhsm");
  }

  /**
   * Makes a folder for tokens, mode 0700, and a {@code softhsm2.conf} beside it; {@code
   * SOFTHSM2_CONF} must name the file returned.
   */
  public static Path configuration(Path tokens) {
    Path folder = tokens.toAbsolutePath().normalize();
    Path file = folder.resolveSibling("softhsm2.conf");
    try {
      PrivateFile.folder(folder);
      PrivateFile.write(
          file,
          """
          # Written by Chancery: where SoftHSM keeps its tokens.
          directories.tokendir = %s
          objectstore.backend = file
          log.level = ERROR
          slots.removable = false
          """
              .formatted(folder));
      return file;
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static List<Path> unpacked(Path cache) {
    if (!Files.isDirectory(cache)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(cache, 6)) {
      return files.filter(file -> file.endsWith(FILE)).filter(Files::isRegularFile).toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}
