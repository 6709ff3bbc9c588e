package io.chancery.cli.local;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs that travel in a jar, unpacked once into a cache named after them. */
record PostgresBinaries(Path home) {
  /** A data directory is bound to its major version. */
  static final String MAJOR = "18";

  private static final String RESOURCE = "postgres-linux-x86_64.txz";
  private static final Path SHARED_CACHE = Path.of("/var/cache/chancery");
  private static final Set<String> LINUX_AMD64 = Set.of("amd64", "x86_64");

  /** The unpacked programs: those of an earlier start, or unpacked now. */
  static PostgresBinaries find(
      DataDirectory data, Unprivileged unprivileged, Consumer<String> progress) {
    URL archive =
        Optional.ofNullable(PostgresBinaries.class.getClassLoader().getResource(RESOURCE))
            .filter(found -> shippedForThisMachine())
            .orElseThrow(
                () ->
                    new Failure.Misconfigured(
                            "PostgreSQL",
                            "none is shipped for "
                                + System.getProperty("os.name")
                                + " on "
                                + System.getProperty("os.arch"),
                            "start one yourself and give its address with --jdbc-url")
                        .thrown());
    try {
      String name = "postgres-" + MAJOR + "-" + mark(archive);
      List<Path> candidates =
          switch (unprivileged.owner()) {
            case SELF -> List.of(userCache().resolve(name), data.cache().resolve(name));
            case NOBODY -> List.of(SHARED_CACHE.resolve(name));
          };
      for (Path candidate : candidates) {
        if (Files.isExecutable(candidate.resolve("bin/postgres")) && ours(candidate)) {
          return new PostgresBinaries(candidate);
        }
      }
      progress.accept("PostgreSQL: unpacking, once for this user");
      return new PostgresBinaries(unpack(archive, candidates));
    } catch (IOException cannot) {
      throw failed(cannot);
    }
  }

  String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  private static Path unpack(URL archive, List<Path> candidates) throws IOException {
    Path first = candidates.getFirst();
    try {
      return unpack(archive, first);
    } catch (IOException homeNotWritable) {
      return unpack(archive, candidates.getLast());
    }
  }

  /** Unpacks beside {@code target} and renames: a crash leaves no half of it under its name. */
  private static Path unpack(URL archive, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    Path fresh = Files.createTempDirectory(target.getParent(), ".unpacking-");
    try (InputStream raw = new BufferedInputStream(archive.openStream());
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(raw))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, fresh);
      }
      Files.setPosixFilePermissions(fresh, permissions(0755));
      Files.move(fresh, target);
      return target;
    } catch (IOException problem) {
      DataDirectory.delete(fresh);
      if (Files.isExecutable(target.resolve("bin/postgres")) && ours(target)) {
        return target; // another start was quicker
      }
      throw problem;
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path fresh)
      throws IOException {
    Path path = fresh.resolve(entry.getName()).normalize();
    if (!path.startsWith(fresh)) {
      throw new IOException("the archive names a file outside itself: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (entry.isFile()) {
      Files.copy(tar, path);
      Files.setPosixFilePermissions(path, permissions(entry.getMode()));
    }
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] order = PosixFilePermission.values();
    for (int i = 0; i < order.length; i++) {
      if ((mode & (0400 >> i)) != 0) {
        permissions.add(order[i]);
      }
    }
    return permissions;
  }

  /** Programs that another user could have put there are not run. */
  private static boolean ours(Path folder) throws IOException {
    Object owner = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    boolean closed =
        !Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE);
    return closed && owner.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }

  private static Path userCache() {
    String xdg = Optional.ofNullable(System.getenv("XDG_CACHE_HOME")).orElse("");
    Path cache =
        xdg.startsWith("/") ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
    return cache.resolve("chancery");
  }

  private static boolean shippedForThisMachine() {
    return System.getProperty("os.name").equals("Linux")
        && LINUX_AMD64.contains(System.getProperty("os.arch"));
  }

  /** The jar's own checksum of the archive: reading all of it would take a tenth of a start. */
  private static String mark(URL archive) throws IOException {
    URLConnection connection = archive.openConnection();
    if (connection instanceof JarURLConnection jar) {
      JarEntry entry = jar.getJarEntry();
      return "%08x-%d".formatted(entry.getCrc(), entry.getSize());
    }
    return Long.toString(connection.getContentLengthLong());
  }

  private static PkiException failed(IOException cannot) {
    return new Failure.Misconfigured(
            "PostgreSQL",
            "its programs cannot be unpacked: " + cannot,
            "make room in " + userCache() + " or in the data directory")
        .because(cannot);
  }
}
