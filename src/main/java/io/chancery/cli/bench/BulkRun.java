package io.chancery.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.Failure;
import io.chancery.cli.bench.Line.Goal;
import io.chancery.cli.local.LocalDatabase;
import io.chancery.x509.IssuedCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** One bulk revocation from its preview until everybody can see it. */
final class BulkRun {
  private static final String WHOLE = "/crl/issuing.crl";
  private static final String DELTA = "/crl/issuing/delta.crl";
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int ASKERS = 4;

  private final int count;
  private final Path folder;
  private final Consumer<String> progress;
  private final Report report = new Report();

  BulkRun(int count, Path folder, Consumer<String> progress) {
    this.count = count;
    this.folder = folder;
    this.progress = progress;
  }

  /** When the last certificate was shown somewhere, and how long after the first that was. */
  private record Sight(double last, double spread) {}

  Report measure() {
    try {
      Files.createDirectories(folder);
      try (Child child =
              Child.start(folder.resolve("instance"), Map.of("chancery.filter.every", "off"));
          Clients clients = new Clients(child);
          LocalDatabase database = LocalDatabase.running(child.data());
          Connection connection = database.connect()) {
        progress.accept("instance: up after %.1f s".formatted(child.startSeconds()));
        IssuedCertificate template = Issuing.template(clients);
        Patience.until("an answer", LIMIT, () -> hasAnswer(connection), () -> false);
        new Seeding(connection, template, progress).fill(count - 1, 0);
        measure(child, clients, connection, template);
      }
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
    return report;
  }

  private void measure(
      Child child, Clients clients, Connection connection, IssuedCertificate template) {
    List<BigInteger> serials = new ArrayList<>();
    serials.add(template.serial().value());
    for (int i = 0; i < count - 1; i++) {
      serials.add(new BigInteger(Serials.hex(i), 16));
    }
    OcspQuestion question = new OcspQuestion(clients.issuer());
    progress.accept("ocsp: every one is asked for until it is good");
    shown(serials, question, child, Shown.Verdict.GOOD, System.nanoTime());

    Map<String, Object> selection = Map.of("name", "dns:bench-*.internal.test");
    long start = System.nanoTime();
    JsonNode preview =
        clients.administrator("/v1/revocations/preview", Map.of("selection", selection));
    report.fact("preview, seconds", since(start));
    if (preview.path("count").asInt() != count) {
      throw new Failure.Misconfigured(
              "preview", "finds " + preview.path("count") + " of " + count, "look at the log")
          .thrown();
    }
    Map<String, Object> body = Map.of("selection", selection, "reason", "superseded");
    for (int round = 1; round <= 2; round++) {
      JsonNode drill = clients.administrator("/v1/revocations/drill", body);
      report.fact("drill " + round + ", the step in ms", drill.path("stepMillis").asDouble());
    }
    start = System.nanoTime();
    JsonNode listed = clients.administrator("/v1/revocations", body);
    report.fact("selection, list and proposal, seconds", since(start));

    String proposal = listed.path("proposal").path("id").asText();
    Map<String, Object> word = clients.word(proposal);
    start = System.nanoTime();
    watch(child, clients, serials, question, start, () -> clients.approve(proposal, word));
    JsonNode done = clients.look("/v1/revocations/" + listed.path("bulk").path("id").asText());
    report.fact("the step in ms", done.path("bulk").path("stepMillis").asDouble());
    report.fact("revoked", done.path("bulk").path("revoked").asDouble());
    double ahead =
        Patience.until("answers", LIMIT, () -> unmade(connection) == 0, () -> false) + since(start);
    report.fact("answers made ahead again, seconds after approval", ahead);
  }

  private void watch(
      Child child,
      Clients clients,
      List<BigInteger> serials,
      OcspQuestion question,
      long start,
      Runnable approval) {
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      CompletableFuture<Sight> delta =
          CompletableFuture.supplyAsync(() -> listed(clients, DELTA, serials, start), threads);
      CompletableFuture<Sight> whole =
          CompletableFuture.supplyAsync(() -> listed(clients, WHOLE, serials, start), threads);
      approval.run();
      double committed = since(start);
      Sight ocsp = shown(serials, question, child, Shown.Verdict.REVOKED, start);
      double last = Math.max(ocsp.last(), Math.max(delta.join().last(), whole.join().last()));
      report.add(
          new Line(
              "bulk-seconds",
              "%,d certificates revoked, seen in OCSP, delta and complete CRL".formatted(count),
              new Goal.AtMost(60, " s"),
              last,
              ("after the last approval was sent: answered %.2f s, every OCSP answer %.2f s, delta"
                      + " %.2f s, complete CRL %.2f s")
                  .formatted(committed, ocsp.last(), delta.join().last(), whole.join().last())));
      report.fact("from the first OCSP answer to the last, seconds", ocsp.spread());
    }
  }

  /** Asks for each until it is so; the answers are read, not counted. */
  private static Sight shown(
      List<BigInteger> serials,
      OcspQuestion question,
      Child child,
      Shown.Verdict wanted,
      long start) {
    List<CompletableFuture<Void>> parts = new ArrayList<>();
    long first = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(ASKERS)) {
      for (int part = 0; part < ASKERS; part++) {
        int from = part;
        parts.add(
            CompletableFuture.runAsync(
                () -> ask(serials, from, question, child.httpPort(), wanted), threads));
      }
      parts.forEach(CompletableFuture::join);
    }
    return new Sight(since(start), since(first));
  }

  private static void ask(
      List<BigInteger> serials, int from, OcspQuestion question, int port, Shown.Verdict wanted) {
    long end = System.nanoTime() + LIMIT.toNanos();
    try (Shown answers = new Shown(question, port)) {
      for (int i = from; i < serials.size(); i += ASKERS) {
        while (answers.of(serials.get(i)) != wanted) {
          if (System.nanoTime() > end) {
            throw new Failure.Misconfigured(
                    "OCSP", "does not show " + serials.get(i).toString(16), "look at the log")
                .thrown();
          }
          Patience.pause(5);
        }
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** All of them or none: a CRL that lists a part of them is a failure. */
  private static Sight listed(Clients clients, String path, List<BigInteger> serials, long start) {
    String tag = "";
    while (since(start) < LIMIT.toSeconds()) {
      String now = clients.tag(path);
      if (!now.equals(tag) && !now.startsWith("status")) {
        tag = now;
        X509CRL crl = clients.crl(path);
        long found = serials.stream().filter(one -> crl.getRevokedCertificate(one) != null).count();
        if (found == serials.size()) {
          return new Sight(since(start), 0);
        }
        if (found > 0) {
          throw new Failure.Misconfigured(path, "lists " + found + " of them", "this is a bug")
              .thrown();
        }
      }
      Patience.pause(20);
    }
    throw new Failure.Misconfigured(path, "does not list them", "look at the log").thrown();
  }

  private static boolean hasAnswer(Connection connection) {
    return number(connection, "select count(*) from ocsp_answer") > 0;
  }

  /** Those whose answer made ahead is still of before. */
  private static long unmade(Connection connection) {
    return number(
        connection,
        "select count(*) from certificate c join ocsp_answer a using (serial)"
            + " where c.status = 'revoked' and a.version < c.status_version");
  }

  private static long number(Connection connection, String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
