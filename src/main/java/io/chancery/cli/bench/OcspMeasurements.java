package io.chancery.cli.bench;

import io.chancery.cli.bench.Line.Goal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Rates and times of OCSP answers, of a child that runs. */
final class OcspMeasurements {
  private static final int CONNECTIONS = 32;
  private static final int FRESH = 10_000;
  private static final int NONCE = 16;
  private static final double P99 = 0.99;

  private final Plan plan;
  private final Child child;
  private final Clients clients;
  private final Report report;
  private final Consumer<String> progress;
  private final OcspQuestion question;

  OcspMeasurements(
      Plan plan, Child child, Clients clients, Report report, Consumer<String> progress) {
    this.plan = plan;
    this.child = child;
    this.clients = clients;
    this.report = report;
    this.progress = progress;
    this.question = new OcspQuestion(clients.issuer());
  }

  /** Each certificate of the sample is asked about at least once, and the code is warm. */
  void warmUp(long among) {
    Target cached = cached(among);
    int asked = 0;
    while (asked < Math.max(plan.warmUp(), 2 * cached.requests().size())) {
      Load.Outcome some = LoadGenerator.run(cached, Load.full(CONNECTIONS, Duration.ofSeconds(2)));
      asked += (int) some.answered();
      mustAnswer(some);
    }
    progress.accept("OCSP: warm after " + asked + " answers");
  }

  /** Both rates that are compared with nginx and with the token. */
  void rates(Optional<StaticFile> nginx, TokenRate token) {
    Target cached = cached(plan.certificates());
    List<Double> cachedRates = new ArrayList<>();
    List<Double> staticRates = new ArrayList<>();
    List<Double> generatorLoad = new ArrayList<>();
    for (int round = 0; round < plan.rounds(); round++) {
      nginx.ifPresent(server -> staticRates.add(rate(server.target(), generatorLoad)));
      cachedRates.add(rate(cached, generatorLoad));
    }
    double answers = Report.median(cachedRates);
    double files = staticRates.isEmpty() ? Double.NaN : Report.median(staticRates);
    report.add(
        new Line(
            "cached-ocsp-to-nginx",
            "cached or pre-produced OCSP, requests/s divided by nginx's",
            new Goal.AtLeast(0.5, ""),
            answers / files,
            nginx.isEmpty()
                ? "nginx is not installed; %,.0f answers/s".formatted(answers)
                : "%,.0f answers/s, nginx %,.0f files/s; medians of %d interleaved rounds"
                    .formatted(answers, files, plan.rounds())));
    report.fact("cached OCSP answers/s", answers);
    report.fact("generator: processors busy, closed loop", Report.median(generatorLoad));
    fresh(token);
  }

  private void fresh(TokenRate token) {
    Target fresh = fresh();
    LoadGenerator.run(fresh, Load.full(CONNECTIONS, plan.length()));
    token.perSecond(plan.length());
    List<Double> freshRates = new ArrayList<>();
    List<Double> signRates = new ArrayList<>();
    for (int round = 0; round < plan.rounds(); round++) {
      signRates.add(token.perSecond(plan.length()));
      freshRates.add(rate(fresh, new ArrayList<>()));
    }
    double answers = Report.median(freshRates);
    double signs = Report.median(signRates);
    report.add(
        new Line(
            "fresh-ocsp-to-token",
            "fresh-signed OCSP (nonce), requests/s divided by the token's raw P-256 signs/s",
            new Goal.AtLeast(0.6, ""),
            answers / signs,
            "%,.0f answers/s, token alone %,.0f signatures/s; medians of %d interleaved rounds"
                .formatted(answers, signs, plan.rounds())));
  }

  /** Issuing's code is warm; the answers that this leaves to be made ahead are not awaited here. */
  void warmIssuing() {
    List<String> requests = Stream.generate(Issuing::csr).limit(plan.issuedBefore()).toList();
    long issued = Issuing.all(clients, requests, CONNECTIONS, () -> {});
    progress.accept(
        "issuing: %,d certificates of %,d asked for".formatted(issued, requests.size()));
    report.fact("certificates issued before any beside OCSP", issued);
  }

  /** Cached answers at a pace while certificates are issued. */
  void whileIssuing() {
    List<Double> slowest = new ArrayList<>();
    long issued = 0;
    long failed = 0;
    Duration length = plan.length().multipliedBy(2);
    for (int round = 0; round < plan.rounds(); round++) {
      try (Issuing issuing = Issuing.prepare(clients, plan.issued(), length)) {
        issuing.start(plan.issued());
        Load.Outcome outcome = paced(cached(plan.certificates()), length, plan.pace());
        slowest.add(outcome.times().millis(P99));
        Patience.pause(500);
        issued += issuing.issued();
        failed += issuing.failed() + outcome.failed();
      }
    }
    double perSecond = issued / (length.toMillis() / 1e3 * plan.rounds());
    report.add(
        new Line(
            "cached-ocsp-p99-while-issuing",
            "p99 of cached OCSP at %,d/s while %d/s are issued"
                .formatted(plan.pace(), plan.issued()),
            new Goal.AtMost(10, " ms"),
            Report.median(slowest),
            "%.0f certificates/s came; %d requests failed; rounds' p99 %s ms"
                .formatted(perSecond, failed, listed(slowest))));
  }

  /** The p99 at the pace, with so many certificates in the book. */
  double p99(long among) {
    List<Double> rounds = new ArrayList<>();
    for (int round = 0; round < plan.rounds(); round++) {
      rounds.add(paced(cached(among), plan.length(), plan.pace()).times().millis(P99));
    }
    double median = Report.median(rounds);
    progress.accept("OCSP: p99 %.2f ms with %,d certificates".formatted(median, among));
    return median;
  }

  private double rate(Target target, List<Double> generatorLoad) {
    Load.Outcome outcome = LoadGenerator.run(target, Load.full(CONNECTIONS, plan.length()));
    mustAnswer(outcome);
    generatorLoad.add(outcome.generatorCpuSeconds() / outcome.seconds());
    progress.accept("port %d: %,.0f answers/s".formatted(target.port(), outcome.perSecond()));
    return outcome.perSecond();
  }

  private Load.Outcome paced(Target target, Duration length, int perSecond) {
    Load.Outcome outcome =
        LoadGenerator.run(target, Load.paced(2 * CONNECTIONS, length, perSecond));
    progress.accept(
        "port %d at %,d/s: p50 %.2f, p99 %.2f, max %.1f ms, %d failed"
            .formatted(
                target.port(),
                perSecond,
                outcome.times().millis(0.5),
                outcome.times().millis(P99),
                outcome.times().maxMillis(),
                outcome.failed()));
    return outcome;
  }

  private Target cached(long among) {
    List<BigInteger> serials = Serials.sample(among, plan.sample());
    return new Target(
        child.httpPort(),
        serials.stream().map(serial -> question.get(child.httpPort(), serial)).toList());
  }

  private Target fresh() {
    Random random = new Random();
    List<byte[]> requests = new ArrayList<>();
    for (BigInteger serial : Serials.sample(plan.certificates(), FRESH)) {
      byte[] nonce = new byte[NONCE];
      random.nextBytes(nonce);
      requests.add(question.fresh(child.httpPort(), serial, nonce));
    }
    return new Target(child.httpPort(), requests);
  }

  private static void mustAnswer(Load.Outcome outcome) {
    if (outcome.answered() == 0 || outcome.failed() > outcome.answered() / 100) {
      throw new io.chancery.Failure.Misconfigured(
              "the instance",
              outcome.failed() + " requests of " + outcome.times().total() + " were not answered",
              "look at its log; keep the folder with --data")
          .thrown();
    }
  }

  private static String listed(List<Double> values) {
    return values.stream()
        .map(value -> String.format(Locale.ROOT, "%.2f", value))
        .reduce((a, b) -> a + ", " + b)
        .orElse("");
  }
}
