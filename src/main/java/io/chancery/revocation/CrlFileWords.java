package io.chancery.revocation;

import io.chancery.PkiException;
import io.chancery.x509.CrlScope;
import io.chancery.x509.IssuerName;
import io.chancery.x509.KeyId;
import io.chancery.x509.Thumbprint;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** What stands beside a CRL's file, so that it can be served without being read. */
final class CrlFileWords {
  private CrlFileWords() {}

  /** Written last: where they are, the files are whole. */
  static void write(Path words, CrlFile file, KeyId key) throws IOException {
    PublishedCrl crl = file.crl();
    Properties all = new Properties();
    all.setProperty("key", key.hex());
    all.setProperty("issuer", crl.slot().issuer().value());
    all.setProperty("scope", crl.slot().scope().text());
    all.setProperty("number", String.valueOf(crl.number()));
    crl.base().ifPresent(base -> all.setProperty("base", String.valueOf(base)));
    all.setProperty("thisUpdate", crl.thisUpdate().toString());
    all.setProperty("nextUpdate", crl.nextUpdate().toString());
    all.setProperty("entries", String.valueOf(crl.entries()));
    all.setProperty("octets", String.valueOf(crl.octets()));
    all.setProperty("sha256", crl.thumbprint().hex());
    file.gzip().ifPresent(gzip -> all.setProperty("gzip", String.valueOf(gzip.octets())));
    Path half = words.resolveSibling(words.getFileName() + ".tmp");
    try (Writer out = Files.newBufferedWriter(half)) {
      all.store(out, null);
    }
    Files.move(half, words, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Empty for one of an unknown issuer or of another key, and for files that are not whole. */
  static Optional<CrlFile> read(Path words, Map<IssuerName, KeyId> issuers) throws IOException {
    Properties all = new Properties();
    try (Reader in = Files.newBufferedReader(words)) {
      all.load(in);
      PublishedCrl crl = crl(all);
      boolean ours =
          Optional.ofNullable(issuers.get(crl.slot().issuer()))
              .filter(key -> key.hex().equals(all.getProperty("key")))
              .isPresent();
      String name = words.getFileName().toString().replaceFirst("properties$", "crl");
      Path plain = words.resolveSibling(name);
      if (!ours || !Files.exists(plain) || Files.size(plain) != crl.octets()) {
        return Optional.empty();
      }
      return Optional.of(new CrlFile(crl, plain, gzip(all, words.resolveSibling(name + ".gz"))));
    } catch (IllegalArgumentException | DateTimeException | PkiException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<CrlFile.Compressed> gzip(Properties all, Path path) throws IOException {
    String octets = all.getProperty("gzip", "");
    return octets.isEmpty() || !Files.exists(path) || Files.size(path) != Long.parseLong(octets)
        ? Optional.empty()
        : Optional.of(new CrlFile.Compressed(path, Long.parseLong(octets)));
  }

  private static PublishedCrl crl(Properties all) {
    Optional<Long> base =
        Optional.of(all.getProperty("base", ""))
            .filter(text -> !text.isEmpty())
            .map(Long::parseLong);
    return new PublishedCrl(
        new CrlSlot(
            new IssuerName(all.getProperty("issuer", "")),
            new CrlScope(all.getProperty("scope", "")),
            base.isPresent() ? CrlSlot.Kind.DELTA : CrlSlot.Kind.COMPLETE),
        number(all, "number"),
        base,
        Instant.parse(all.getProperty("thisUpdate", "")),
        Instant.parse(all.getProperty("nextUpdate", "")),
        number(all, "entries"),
        number(all, "octets"),
        new Thumbprint(all.getProperty("sha256", "")));
  }

  private static long number(Properties all, String name) {
    return Long.parseLong(all.getProperty(name, ""));
  }
}
