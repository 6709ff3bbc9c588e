package io.chancery.revocation;

import io.chancery.x509.IssuerName;
import io.chancery.x509.KeyId;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A folder of finished CRLs: the newest one of each slot, as {@code issuing.17.crl} with its gzip
 * and a few words about it beside. A file never changes; a newer CRL is another file, and the one
 * before stays until whoever downloads it is done.
 */
public final class CrlFiles {
  private static final Duration DOWNLOAD = Duration.ofMinutes(1);
  private static final int BUFFER = 1 << 16;
  private static final Pattern OURS =
      Pattern.compile("[a-z0-9_-]+\\.\\d+\\.(crl(\\.gz)?|properties(\\.tmp)?)|draft\\d+\\.tmp");

  private final Path folder;
  private final Map<IssuerName, KeyId> issuers;
  private final InstantSource clock;
  private final Map<String, CrlFile> byPath = new ConcurrentHashMap<>();
  private final Queue<Retired> retired = new ArrayDeque<>();

  private record Retired(CrlFile file, Instant at) {}

  private CrlFiles(Path folder, Map<IssuerName, KeyId> issuers, InstantSource clock) {
    this.folder = folder;
    this.issuers = new ConcurrentHashMap<>(issuers);
    this.clock = clock;
  }

  /**
   * With what is there already: the newest of each slot, of these issuers and signed with these
   * keys. What else was left there by an earlier run is removed. One process, one folder.
   */
  public static CrlFiles open(Path folder, Map<IssuerName, KeyId> issuers, InstantSource clock) {
    CrlFiles files = new CrlFiles(folder.toAbsolutePath(), issuers, clock);
    files.load();
    return files;
  }

  public Path folder() {
    return folder;
  }

  /** From now on CRLs of this issuer are kept here as well. */
  public void know(IssuerName issuer, KeyId key) {
    issuers.put(issuer, key);
  }

  /** Whether CRLs of this issuer are kept here. */
  public boolean knows(IssuerName issuer) {
    return issuers.containsKey(issuer);
  }

  public Optional<CrlFile> current(CrlSlot slot) {
    return at(slot.path());
  }

  /** What is published at a path. */
  public Optional<CrlFile> at(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  /** Every slot's newest. */
  public Stream<CrlFile> all() {
    return byPath.values().stream();
  }

  public boolean has(PublishedCrl crl) {
    return current(crl.slot()).filter(file -> file.crl().number() >= crl.number()).isPresent();
  }

  /** A CRL of an issuer that is known here, as the words beside a file describe it. */
  Optional<CrlFile> described(Path words) throws IOException {
    return CrlFileWords.read(words, issuers);
  }

  /** A new file for octets that are to be offered. */
  public Path draft() {
    try {
      return Files.createTempFile(folder, "draft", ".tmp");
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  /**
   * Publishes the octets of a {@link #draft}; an older CRL never takes the place of a newer one. At
   * first as they are, and compressed once that is done.
   */
  public synchronized void offer(PublishedCrl crl, Path draft) {
    try {
      KeyId key = issuers.get(crl.slot().issuer());
      if (has(crl) || key == null) {
        Files.deleteIfExists(draft);
        return;
      }
      String name = crl.slot().fileName() + "." + crl.number();
      Path plain = folder.resolve(name + ".crl");
      Files.move(draft, plain, StandardCopyOption.ATOMIC_MOVE);
      Optional<CrlFile> before =
          Optional.ofNullable(
              byPath.put(crl.slot().path(), new CrlFile(crl, plain, Optional.empty())));
      CrlFile whole = new CrlFile(crl, plain, compressed(plain, folder.resolve(name + ".crl.gz")));
      CrlFileWords.write(words(name), whole, key);
      byPath.put(crl.slot().path(), whole);
      before.ifPresent(file -> retired.add(new Retired(file, clock.instant())));
      forget();
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  private Path words(String name) {
    return folder.resolve(name + ".properties");
  }

  private static Optional<CrlFile.Compressed> compressed(Path plain, Path target)
      throws IOException {
    try (OutputStream out = new Fast(Files.newOutputStream(target))) {
      Files.copy(plain, out);
    }
    long octets = Files.size(target);
    if (octets < Files.size(plain)) {
      return Optional.of(new CrlFile.Compressed(target, octets));
    }
    Files.delete(target);
    return Optional.empty();
  }

  /** Serial numbers are random: more effort than the least gains nothing. */
  private static final class Fast extends GZIPOutputStream {
    Fast(OutputStream out) throws IOException {
      super(out, BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  private void forget() throws IOException {
    Instant before = clock.instant().minus(DOWNLOAD);
    while (!retired.isEmpty() && retired.peek().at().isBefore(before)) {
      CrlFile file = retired.remove().file();
      for (String name : names(file).toList()) {
        Files.deleteIfExists(folder.resolve(name));
      }
    }
  }

  private synchronized void load() {
    try {
      Files.createDirectories(folder);
      for (Path words : listed(".properties")) {
        CrlFileWords.read(words, issuers)
            .ifPresent(
                file ->
                    byPath.merge(
                        file.crl().slot().path(),
                        file,
                        (a, b) -> a.crl().number() >= b.crl().number() ? a : b));
      }
      Set<String> kept =
          byPath.values().stream().flatMap(CrlFiles::names).collect(Collectors.toSet());
      for (Path path : listed("")) {
        String name = path.getFileName().toString();
        if (OURS.matcher(name).matches() && !kept.contains(name)) {
          Files.delete(path);
        }
      }
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  private static Stream<String> names(CrlFile file) {
    String plain = file.plain().getFileName().toString();
    return Stream.of(plain, plain + ".gz", plain.replaceFirst("crl$", "properties"));
  }

  private Iterable<Path> listed(String end) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> path.toString().endsWith(end)).toList();
    }
  }
}
