package io.chancery.cli.node;

import io.chancery.issuance.CertIdStem;
import io.chancery.issuance.OcspHash;
import io.chancery.ocsp.AnswerForms;
import io.chancery.ocsp.AnswerShelf;
import io.chancery.ocsp.KeptAnswer;
import io.chancery.ocsp.ShelfReader;
import io.chancery.revocation.CrlCopies;
import io.chancery.revocation.CrlFiles;
import io.chancery.x509.Der;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.IssuerName;
import io.chancery.x509.KeyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a status node has: issuers' papers, responders' certificates, answers, CRLs; in memory as it
 * is served, and in a folder, so that the next start needs nobody. One thread brings what is new.
 *
 * <pre>
 * issuers/NAME.pem          certificate and chain
 * responders/SERIAL.cer     who signed answers
 * answers                   see {@link AnswerLog}
 * crl/                      see {@link CrlFiles}
 * </pre>
 */
final class Holdings implements AutoCloseable {
  /** A log may be so long before it is written anew, whatever is on the shelf. */
  private static final long LOG_AT_LEAST = 16 << 20;

  private static final Duration SWEEP = Duration.ofMinutes(10);

  private final Path folder;
  private final InstantSource clock;
  private final Map<IssuerName, IssuerPapers> issuers = new ConcurrentHashMap<>();
  private final AnswerShelf shelf = new AnswerShelf(new AnswerForms());
  private final NodeDesk desk = new NodeDesk(shelf);
  private final CrlFiles crls;
  private AnswerLog log;
  private Instant swept;

  /** With what an earlier run left in the folder. */
  Holdings(Path folder, InstantSource clock) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("issuers"));
    Files.createDirectories(folder.resolve("responders"));
    papersIn(folder).forEach(one -> issuers.put(one.name(), one));
    this.crls = CrlFiles.open(folder.resolve("crl"), keys(), clock);
    List.copyOf(issuers.values()).forEach(this::know);
    AnswerLog.read(folder.resolve("answers"), shelf, this::number);
    this.clock = clock;
    this.swept = clock.instant();
    shelf.sweep(swept.getEpochSecond());
    this.log = AnswerLog.write(folder.resolve("answers"), shelf);
  }

  AnswerShelf shelf() {
    return shelf;
  }

  NodeDesk desk() {
    return desk;
  }

  CrlFiles crls() {
    return crls;
  }

  Collection<IssuerPapers> issuers() {
    return issuers.values();
  }

  Optional<IssuedCertificate> issuer(IssuerName name) {
    return Optional.ofNullable(issuers.get(name)).map(IssuerPapers::certificate);
  }

  /** An issuer whose status is served from now on, and after the next start. */
  void take(IssuerPapers papers) throws IOException {
    IssuerPapers known = issuers.get(papers.name());
    if (known == null || !known.pem().equals(papers.pem())) {
      replace(
          folder.resolve("issuers").resolve(papers.name() + ".pem"),
          papers.pem().getBytes(StandardCharsets.US_ASCII));
      know(papers);
    }
  }

  /** A responder's certificate: the one on disk, or the one that is found, from then on on disk. */
  Optional<IssuedCertificate> responder(
      String serial, Function<String, Optional<IssuedCertificate>> elsewhere) throws IOException {
    Path file = responderFile(serial);
    if (Files.exists(file)) {
      return Optional.of(IssuedCertificate.parse(Der.of(Files.readAllBytes(file))));
    }
    Optional<IssuedCertificate> found = elsewhere.apply(serial);
    if (found.isPresent()) {
      replace(file, found.get().der().octets());
    }
    return found;
  }

  /**
   * Answers that were put on the shelf: from now on they are there after the next start as well.
   */
  void keep(List<KeptAnswer> news) throws IOException {
    if (!news.isEmpty()) {
      log.append(news);
    }
    if (swept.plus(SWEEP).isBefore(clock.instant())) {
      swept = clock.instant();
      shelf.sweep(swept.getEpochSecond());
      if (log.octets() > LOG_AT_LEAST + 3 * shelf.memory()) {
        AnswerLog old = log;
        log = AnswerLog.write(folder.resolve("answers"), shelf);
        old.close();
      }
    }
  }

  /** Takes over what an export wrote; what is here and newer stays. */
  void takeFrom(Path export) throws IOException {
    for (IssuerPapers papers : papersIn(export)) {
      take(papers);
    }
    for (Path responder : files(export.resolve("responders"))) {
      Path own = folder.resolve("responders").resolve(responder.getFileName().toString());
      if (!Files.exists(own)) {
        replace(own, Files.readAllBytes(responder));
      }
    }
    List<KeptAnswer> news = AnswerLog.read(export.resolve("answers"), shelf, this::number);
    keep(news);
    new CrlCopies(crls).read(export.resolve("crl"));
  }

  @Override
  public void close() throws IOException {
    log.close();
  }

  private Map<IssuerName, KeyId> keys() {
    return issuers.values().stream()
        .collect(Collectors.toMap(IssuerPapers::name, one -> one.certificate().key().keyId()));
  }

  private void know(IssuerPapers papers) {
    issuers.put(papers.name(), papers);
    crls.know(papers.name(), papers.certificate().key().keyId());
    desk.add(CertIdStem.of(papers.name(), papers.certificate(), OcspHash.SHA1));
  }

  private Optional<Integer> number(AnswerForms.Key key) {
    return issuer(key.issuer())
        .flatMap(
            issuer ->
                ShelfReader.form(shelf, issuer, key, serial -> onDisk(responderFile(serial))));
  }

  private static Optional<IssuedCertificate> onDisk(Path file) {
    try {
      return Files.exists(file)
          ? Optional.of(IssuedCertificate.parse(Der.of(Files.readAllBytes(file))))
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private Path responderFile(String serial) {
    return folder.resolve("responders").resolve(serial + ".cer");
  }

  private static List<IssuerPapers> papersIn(Path folder) throws IOException {
    List<IssuerPapers> all = new java.util.ArrayList<>();
    for (Path file : files(folder.resolve("issuers"))) {
      String name = file.getFileName().toString();
      if (name.endsWith(".pem")) {
        all.add(
            IssuerPapers.parse(
                new IssuerName(name.substring(0, name.length() - 4)), Files.readString(file)));
      }
    }
    return all;
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  private static void replace(Path file, byte[] octets) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.write(fresh, octets);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
