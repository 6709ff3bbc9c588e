package io.chancery.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chancery.Failure;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** What an instance says of itself, on one screen. */
final class StatusScreen {
  static final int DEGRADED = 1;
  static final int DOWN = 2;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode said;
  private final Instant now;

  StatusScreen(JsonNode said) {
    this.said = said;
    this.now = time(said, "time").orElse(Instant.EPOCH);
  }

  int exitCode() {
    return switch (word(said, said.has("state") ? "state" : "status").toUpperCase(Locale.ROOT)) {
      case "WELL", "UP" -> 0;
      case "DEGRADED" -> DEGRADED;
      default -> DOWN;
    };
  }

  String json() {
    return pretty(said);
  }

  /** The same for programs, where nobody answers. */
  static String silent(Failure why) {
    return pretty(JSON.createObjectNode().put("state", "DOWN").put("why", why.detail()));
  }

  void print(PrintWriter out) {
    if (!said.has("state")) {
      health(out);
      return;
    }
    out.println("Chancery " + word(said, "replica") + " is " + headline());
    out.println();
    boolean issuing = said.path("issuing").path("on").asBoolean();
    out.println("issuing     " + (issuing ? "yes" : "NO"));
    for (JsonNode why : said.path("issuing").path("why")) {
      out.println("              " + Problem.printable(why.asText()));
    }
    parts(out);
    crls(out);
    out.printf(
        "OCSP        %d answers ready, %d of them overdue%n",
        said.path("ocsp").path("answers").asLong(), said.path("ocsp").path("overdue").asLong());
    out.printf(
        "ledger      copy %d s behind%n", said.path("ledger").path("behindSeconds").asLong());
    alerts(out);
    leases(out);
  }

  private String headline() {
    return switch (exitCode()) {
      case 0 -> "WELL: certificates are issued, status is answered.";
      case DEGRADED ->
          said.path("issuing").path("on").asBoolean()
              ? "DEGRADED: certificates are issued, status is answered, something is wrong."
              : "DEGRADED: status is answered, no certificates are issued.";
      default -> "DOWN: status is not answered as it should be.";
    };
  }

  private void parts(PrintWriter out) {
    out.println("parts");
    for (JsonNode part : said.path("parts")) {
      boolean up = part.path("up").asBoolean();
      out.printf(
          "  %-9s %-5s since %s%n", word(part, "name"), up ? "up" : "DOWN", since(part, "since"));
      if (!up) {
        out.println("              why     " + word(part, "trouble"));
        out.println("              remedy  " + word(part, "remedy"));
      }
    }
  }

  private void crls(PrintWriter out) {
    out.println("CRLs");
    for (JsonNode crl : said.path("crls")) {
      out.printf(
          "  %-24s number %-6d of %s, %s %s%n",
          word(crl, "slot"),
          crl.path("number").asLong(),
          shortTime(crl, "thisUpdate"),
          crl.path("inForce").asBoolean() ? "until" : "ENDED",
          shortTime(crl, "nextUpdate"));
    }
  }

  private void alerts(PrintWriter out) {
    JsonNode alerts = said.path("alerts");
    if (!alerts.isArray()) {
      out.println("alerts      not known while the database is away");
      return;
    }
    out.println("alerts      " + (alerts.isEmpty() ? "none open" : alerts.size() + " open"));
    for (JsonNode alert : alerts) {
      out.printf(
          "  %-10s%s since %s%n",
          word(alert, "severity"), word(alert, "text"), since(alert, "raisedAt"));
    }
  }

  private void leases(PrintWriter out) {
    JsonNode leases = said.path("leases");
    if (!leases.isArray()) {
      out.println("leases      not known while the database is away");
      return;
    }
    out.println("leases");
    for (JsonNode lease : leases) {
      out.printf(
          "  %-24s %s, %d s left%n",
          word(lease, "name"),
          lease.path("own").asBoolean()
              ? "this replica"
              : "another replica (process " + word(lease, "holder").split("/", 2)[0] + ")",
          lease.path("secondsLeft").asLong());
    }
  }

  private void health(PrintWriter out) {
    out.println("health      " + word(said, "status"));
    for (JsonNode check : said.path("checks")) {
      out.printf(
          "  %-28s %-5s %s%n",
          word(check, "name"),
          word(check, "status"),
          check.has("data") ? Problem.printable(check.path("data").toString()) : "");
    }
  }

  private String since(JsonNode node, String field) {
    return time(node, field)
        .map(at -> at.truncatedTo(ChronoUnit.SECONDS) + " (" + age(Duration.between(at, now)) + ")")
        .orElse("unknown");
  }

  private static String age(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    return seconds < 120
        ? seconds + " s"
        : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
  }

  private static String shortTime(JsonNode node, String field) {
    return time(node, field)
        .map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString())
        .orElse("unknown");
  }

  private static Optional<Instant> time(JsonNode node, String field) {
    try {
      return Optional.of(Instant.parse(node.path(field).asText("")));
    } catch (DateTimeException none) {
      return Optional.empty();
    }
  }

  private static String word(JsonNode node, String field) {
    return Problem.printable(node.path(field).asText("unknown"));
  }

  private static String pretty(JsonNode node) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
