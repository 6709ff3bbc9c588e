package io.chancery.cli.bench.grow;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.cli.bench.Clients;
import io.chancery.cli.bench.Histogram;
import io.chancery.cli.bench.Line;
import io.chancery.cli.bench.Line.Goal;
import io.chancery.cli.bench.Report;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;

/** Searches over https, one after the other, each for something else. */
final class GrowSearches {
  private static final String PATH = "/v1/certificates?limit=50&";
  private static final double BOUND = 50;
  private static final int WARM_UP = 200;

  private final Clients clients;
  private final long many;
  private final int questions;
  private final InstantSource clock;
  private final Report report;
  private final Consumer<String> progress;
  private final Random random = new Random(1);

  GrowSearches(
      Clients clients,
      long many,
      int questions,
      InstantSource clock,
      Report report,
      Consumer<String> progress) {
    this.clients = clients;
    this.many = many;
    this.questions = questions;
    this.clock = clock;
    this.report = report;
    this.progress = progress;
  }

  void measure() {
    long services = GrowSeeding.services(many);
    LongFunction<String> name = i -> "name=" + GrowSeeding.name(i % services);
    LongFunction<String> other = i -> "name=" + GrowSeeding.otherName(i % services / 4 * 4);
    LongFunction<String> absent = i -> "name=dns:none-" + i + ".internal.test";
    LongFunction<String> owner = i -> "organization=bench-" + (1 + i % GrowSeeding.ORGANIZATIONS);
    for (int i = 0; i < Math.min(WARM_UP, questions); i++) {
      clients.look(PATH + name.apply(random.nextLong(services)));
      clients.lookAsService(PATH + name.apply(random.nextLong(services)));
    }
    Histogram goal = new Histogram();
    goal.add(asked("name", clients::look, name));
    goal.add(asked("another of its names", clients::look, other));
    goal.add(asked("a name that nobody has", clients::look, absent));
    goal.add(asked("owner", clients::look, owner));
    goal.add(pages("owner, page by page", clients::look, owner));
    goal.add(asked("owner of a tenth of all", clients::look, i -> "organization=demo"));
    line("search-name-or-owner-p95-ms", "search by name or owner as an operator, p95", goal);

    Histogram own = new Histogram();
    own.add(asked("own: name", clients::lookAsService, i -> name.apply(i / 10 * 10)));
    own.add(
        asked("own: name of another", clients::lookAsService, i -> name.apply(i / 10 * 10 + 1)));
    own.add(pages("own: all, page by page", clients::lookAsService, i -> ""));
    line("search-own-p95-ms", "the same as an organization that has a tenth of all, p95", own);

    Histogram rest = new Histogram();
    rest.add(asked("everything", clients::look, i -> ""));
    rest.add(asked("key", clients::look, i -> "key=" + GrowSeeding.key(i)));
    rest.add(asked("subject, one service", clients::look, i -> "subject=CN%3Ds-" + i % services));
    rest.add(asked("subject, a tenth of all", clients::look, i -> "subject=CN%3Ds-" + i % 9));
    rest.add(asked("expired", clients::look, i -> "status=expired"));
    rest.add(pages("expired, page by page", clients::look, i -> "status=expired"));
    rest.add(asked("expired, of an owner", clients::look, i -> owner.apply(i) + "&status=expired"));
    rest.add(asked("ends on a day", clients::look, this::day));
    rest.add(asked("revoked", clients::look, i -> "status=revoked"));
    rest.add(asked("good, of a profile", clients::look, i -> "status=good&profile=tls-client"));
    rest.add(asked("own: expired", clients::lookAsService, i -> "status=expired"));
    rest.add(asked("own: subject", clients::lookAsService, i -> "subject=CN%3Ds-" + i % 9));
    line("search-other-p95-ms", "every other question, p95", rest);
  }

  private String day(long i) {
    Instant day = clock.instant().minusSeconds(86_400 * (1 + i % 700));
    return "expiresFrom=" + coded(day) + "&expiresUntil=" + coded(day.plusSeconds(86_400));
  }

  private static String coded(Instant at) {
    return URLEncoder.encode(at.toString(), StandardCharsets.UTF_8);
  }

  private void line(String name, String what, Histogram times) {
    report.add(
        new Line(
            name,
            what,
            new Goal.AtMost(BOUND, " ms"),
            times.millis(0.95),
            "%,d questions, p50 %.1f ms, at most %.1f ms"
                .formatted(times.total(), times.millis(0.5), times.maxMillis())));
  }

  private Histogram asked(
      String what, Function<String, JsonNode> door, LongFunction<String> question) {
    Histogram times = new Histogram();
    for (int i = 0; i < questions; i++) {
      timed(times, door, PATH + question.apply(random.nextLong(many)));
    }
    return told(what, times);
  }

  /** From the first page on, as far as it goes. */
  private Histogram pages(
      String what, Function<String, JsonNode> door, LongFunction<String> question) {
    Histogram times = new Histogram();
    String first = PATH + question.apply(random.nextLong(many));
    String path = first;
    for (int i = 0; i < questions; i++) {
      JsonNode page = timed(times, door, path);
      path = page.has("next") ? first + "&cursor=" + page.path("next").asText() : first;
    }
    return told(what, times);
  }

  private Histogram told(String what, Histogram times) {
    report.fact("search: " + what + ", p95 ms", times.millis(0.95));
    progress.accept(
        "search: %s, p50 %.1f ms, p95 %.1f ms, at most %.1f ms"
            .formatted(what, times.millis(0.5), times.millis(0.95), times.maxMillis()));
    return times;
  }

  private static JsonNode timed(Histogram times, Function<String, JsonNode> door, String question) {
    long start = System.nanoTime();
    JsonNode page = door.apply(question);
    times.add(System.nanoTime() - start);
    return page;
  }
}
