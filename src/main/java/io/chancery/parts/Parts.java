package io.chancery.parts;

import io.chancery.Since;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The parts as they were at the last look. */
@Singleton
public final class Parts {
  private final SmallRyeHealthReporter reporter;
  private final MeterRegistry meters;
  private final InstantSource clock;
  private final Map<String, Part> last = new ConcurrentSkipListMap<>();
  private final Map<String, Since> known = new ConcurrentSkipListMap<>();

  @Inject
  Parts(SmallRyeHealthReporter reporter, MeterRegistry meters, InstantSource clock) {
    this.reporter = reporter;
    this.meters = meters;
    this.clock = clock;
  }

  /** As they are now. */
  public synchronized List<Part> look() {
    take(reporter.getReadiness());
    take(reporter.getWellness());
    return last();
  }

  /** As the last look has found them. */
  public List<Part> last() {
    return List.copyOf(last.values());
  }

  private void take(SmallRyeHealth health) {
    for (JsonValue check : health.getPayload().getJsonArray("checks")) {
      Part part = part(check.asJsonObject());
      if (last.put(part.name(), part) == null) {
        register(part.name());
      }
    }
  }

  private Part part(JsonObject check) {
    String name = check.getString("name");
    boolean up = check.getString("status").equals("UP");
    Optional<JsonObject> data = Optional.ofNullable(check.getJsonObject("data"));
    String said = data.map(facts -> facts.getString("trouble", "")).orElse("");
    String trouble = said.isEmpty() || said.equals("none") ? "it does not say why" : said;
    Since own = known.computeIfAbsent(name, any -> new Since(clock));
    Since.State state = up ? own.well() : own.trouble(trouble);
    Instant since =
        data.map(facts -> facts.getString("since", "")).flatMap(Parts::time).orElse(state.since());
    return new Part(name, up, since, state.trouble());
  }

  private static Optional<Instant> time(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeException foreign) {
      return Optional.empty();
    }
  }

  private void register(String name) {
    Gauge.builder("chancery.part.up", () -> part(name).filter(Part::up).isPresent() ? 1 : 0)
        .tag("part", name)
        .description("whether a part of the service is well")
        .register(meters);
    Gauge.builder("chancery.part.since", () -> part(name).map(this::age).orElse(0.0))
        .baseUnit("seconds")
        .tag("part", name)
        .description("for how long a part has been as it is now")
        .register(meters);
  }

  private Optional<Part> part(String name) {
    return Optional.ofNullable(last.get(name));
  }

  private double age(Part part) {
    return Math.max(0, Duration.between(part.since(), clock.instant()).toMillis() / 1000.0);
  }
}
