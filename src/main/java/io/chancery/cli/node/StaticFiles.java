package io.chancery.cli.node;

import io.chancery.issuance.CertIdStem;
import io.chancery.ocsp.AnswerForms;
import io.chancery.ocsp.KeptAnswer;
import io.chancery.revocation.CrlFile;
import io.chancery.x509.SerialNumber;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a node answers, as files under the paths that clients ask for, for a web server, object
 * storage or a CDN. An OCSP answer lies under the request that asks for it by GET (RFC 6960
 * appendix A.1), in the form that RFC 5019 clients send: SHA-1, one certificate, no extension; a
 * slash in its base64 is a folder.
 *
 * <p>A second run writes what is new, and takes away what no live answer is as old as.
 */
final class StaticFiles {
  /** Written last; readers look whether it has changed. */
  static final String SUMMARY = "status.json";

  /** Where a status node reads from. */
  static final String NODE = "node";

  private static final int TELL_EVERY = 50_000;

  private final Path folder;
  private final Holdings holdings;
  private final InstantSource clock;
  private final Consumer<String> progress;
  private int written;
  private int kept;
  private Instant oldest = Instant.MAX;
  private Instant firstToEnd = Instant.MAX;

  StaticFiles(Path folder, Holdings holdings, InstantSource clock, Consumer<String> progress) {
    this.folder = folder;
    this.holdings = holdings;
    this.clock = clock;
    this.progress = progress;
  }

  /** Every issuer with its chain, as PEM. */
  static String bundle(Holdings holdings) {
    return holdings.issuers().stream()
        .flatMap(IssuerPapers::all)
        .map(one -> one.pem())
        .distinct()
        .collect(Collectors.joining());
  }

  /** Writes everything that holds now; returns one line about it. */
  String write() throws IOException {
    for (IssuerPapers issuer : holdings.issuers()) {
      replace("issuers/" + issuer.name() + ".cer", issuer.certificate().der().octets());
    }
    replace("trust/bundle.pem", bundle(holdings).getBytes(StandardCharsets.US_ASCII));
    List<CrlFile> crls = holdings.crls().all().toList();
    for (CrlFile crl : crls) {
      crl(crl);
    }
    List<KeptAnswer> answers = new ArrayList<>();
    holdings.shelf().forEach(answers::add);
    long now = clock.instant().getEpochSecond();
    for (KeptAnswer answer : answers) {
      if (answer.holds(now)) {
        answer(answer);
      }
    }
    forgetEnded();
    replace(SUMMARY, summary(crls.size()).encodePrettily().getBytes(StandardCharsets.UTF_8));
    return "%d OCSP answers (%d new), %d CRLs; the first of them ends at %s"
        .formatted(written + kept, written, crls.size(), firstToEnd);
  }

  private void crl(CrlFile crl) throws IOException {
    Path target = folder.resolve(crl.crl().slot().path().substring(1));
    Path fresh = fresh(target);
    Files.copy(crl.plain(), fresh, StandardCopyOption.REPLACE_EXISTING);
    publish(fresh, target, crl.crl().thisUpdate());
    ends(crl.crl().nextUpdate());
  }

  private void answer(KeptAnswer answer) throws IOException {
    AnswerForms.Known form = holdings.shelf().forms().at(answer.form());
    Path target = folder.resolve("ocsp").resolve(path(form.form().stem(), answer.serial()));
    Instant thisUpdate = Instant.ofEpochSecond(answer.thisUpdate());
    ends(Instant.ofEpochSecond(answer.nextUpdate()));
    oldest = thisUpdate.isBefore(oldest) ? thisUpdate : oldest;
    if (Files.exists(target) && Files.getLastModifiedTime(target).toInstant().equals(thisUpdate)) {
      kept++;
      return;
    }
    Path fresh = fresh(target);
    Files.write(fresh, answer.whole(form.form()));
    publish(fresh, target, thisUpdate);
    written++;
    if (written % TELL_EVERY == 0) {
      progress.accept("ocsp: " + written + " answers written");
    }
  }

  /** RFC 6960 A.1.1: the base64 of the request's DER; the URL's escapes are undone by a server. */
  static String path(CertIdStem stem, SerialNumber serial) {
    return Base64.getEncoder()
        .encodeToString(stem.question(serial.value().toByteArray()))
        .replaceAll("/+", "/");
  }

  /** An ended certificate's last answer is older than every one that still holds. */
  private void forgetEnded() throws IOException {
    Path answers = folder.resolve("ocsp");
    if (!Files.isDirectory(answers) || oldest.equals(Instant.MAX)) {
      return;
    }
    try (Stream<Path> all = Files.walk(answers)) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
          Files.delete(file);
        }
      }
    }
  }

  private JsonObject summary(int crls) {
    JsonObject types =
        new JsonObject()
            .put("crl/", "application/pkix-crl")
            .put("ocsp/", "application/ocsp-response")
            .put("issuers/", "application/pkix-cert")
            .put("trust/", "application/x-pem-file");
    return new JsonObject()
        .put("written", clock.instant().toString())
        .put("firstToEnd", firstToEnd.equals(Instant.MAX) ? null : firstToEnd.toString())
        .put("ocspAnswers", written + kept)
        .put("crls", crls)
        .put("contentTypes", types);
  }

  private void ends(Instant nextUpdate) {
    firstToEnd = nextUpdate.isBefore(firstToEnd) ? nextUpdate : firstToEnd;
  }

  private void replace(String path, byte[] octets) throws IOException {
    Path target = folder.resolve(path);
    Path fresh = fresh(target);
    Files.write(fresh, octets);
    publish(fresh, target, clock.instant());
  }

  private static Path fresh(Path target) throws IOException {
    Files.createDirectories(target.getParent());
    return target.resolveSibling(target.getFileName() + ".new");
  }

  /** The time that a web server says as Last-Modified is the time from which it holds. */
  private static void publish(Path fresh, Path target, Instant since) throws IOException {
    Files.setLastModifiedTime(fresh, FileTime.from(since));
    Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
