package io.chancery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.Failure;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The end of many certificates, once others have approved their list. */
@Command(
    name = "revoke-many",
    header = "Revoke many certificates in one step, after others have approved the list.",
    description = {
      "",
      "Shows who is hit; with --reason it makes the exact list and asks for its approval. Nothing is"
          + " revoked before that, and only what is on the list. Every criterion narrows; one at"
          + " least is needed. --drill does everything but the approval, takes it back and tells how"
          + " long it took.",
      "",
      "Speaks with an operator's certificate, the administrator's by default.",
      ""
    },
    footer = {"", "More: docs/bulk-revocation.md"})
final class RevokeMany implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofMillis(500);

  @Spec private CommandSpec spec;
  @Mixin private Instance instance;
  @Mixin private Operator operator;
  @Mixin private Criteria criteria;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description =
          "keyCompromise, affiliationChanged, superseded, cessationOfOperation,"
              + " privilegeWithdrawn or unspecified; without it only a preview is shown.")
  private Optional<String> reason;

  @Option(
      names = "--invalidity-date",
      paramLabel = "TIME",
      description = "Since when the keys are not to be trusted, such as 2030-01-31T12:00:00Z.")
  private Optional<String> invalidityDate;

  @Option(names = "--comment", paramLabel = "TEXT", description = "For those who decide.")
  private Optional<String> comment;

  @Option(
      names = "--replace-until",
      paramLabel = "TIME",
      description = "Who has a successor by then is revoked then; needs --deadline.")
  private Optional<String> replaceUntil;

  @Option(names = "--deadline", paramLabel = "TIME", description = "The rest is revoked then.")
  private Optional<String> deadline;

  @Option(names = "--drill", description = "Try it, take it back, tell the times.")
  private boolean drill;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "Follow it for so long, until all of it is revoked and visible.")
  private int wait;

  @Option(
      names = "--follow",
      paramLabel = "ID",
      description = "Follow a list that was made before; nothing else is done.")
  private Optional<String> follow;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Connection connection =
        Connection.withCertificate(instance, operator.identity(instance))) {
      if (follow.isPresent()) {
        return follow(connection, follow.get(), out);
      }
      if (criteria.asked().isEmpty()) {
        throw new ParameterException(
            spec.commandLine(), "revoke-many: which? Name a criterion such as --organization");
      }
      return drill ? drill(connection, out) : list(connection, out);
    }
  }

  private int list(Connection connection, PrintWriter out) {
    JsonNode preview =
        connection.post(
            "/v1/revocations/preview", Map.of("selection", criteria.asked(), "limit", 1));
    show(preview, out);
    if (reason.isEmpty()) {
      out.println("Nothing was done. With --reason the list is made and approval asked for.");
      return 0;
    }
    Map<String, Object> body = body();
    // What was shown is what is listed, or nothing.
    body.put("fingerprint", preview.path("fingerprint").asText());
    JsonNode made = connection.post("/v1/revocations", body);
    String id = made.path("bulk").path("id").asText();
    line(out, "list", id);
    line(out, "sha256", made.path("bulk").path("sha256").asText());
    line(out, "proposal", made.path("proposal").path("id").asText());
    out.println("Others must approve it now. Follow it: chancery revoke-many --follow " + id);
    return wait > 0 ? follow(connection, id, out) : 0;
  }

  private int drill(Connection connection, PrintWriter out) {
    Map<String, Object> body = body();
    body.putIfAbsent("reason", "unspecified");
    JsonNode done = connection.post("/v1/revocations/drill", body);
    line(out, "would revoke", done.path("wouldRevoke").asText() + " certificates");
    line(out, "replaced", done.path("withSuccessor").asText() + " of them have a successor");
    line(out, "selecting", done.path("selectMillis").asText() + " ms");
    line(out, "the list", done.path("listMillis").asText() + " ms");
    line(out, "the step", done.path("stepMillis").asText() + " ms");
    out.println("It was taken back: nothing has changed.");
    return 0;
  }

  private int follow(Connection connection, String id, PrintWriter out) {
    String path = "/v1/revocations/" + id.replaceAll("[^0-9a-fA-F-]", "");
    long end = System.nanoTime() + Duration.ofSeconds(Math.max(1, wait)).toNanos();
    String told = "";
    while (true) {
      JsonNode report = connection.get(path);
      String now = progress(report);
      if (!now.equals(told)) {
        out.println(Problem.printable(now));
        out.flush();
        told = now;
      }
      if (isOver(report)) {
        report
            .path("left")
            .properties()
            .forEach(one -> line(out, "left", one.getValue().asText() + " " + one.getKey()));
        return report.path("bulk").path("state").asText().equals("done") ? 0 : 1;
      }
      if (System.nanoTime() >= end) {
        return 0;
      }
      pause();
    }
  }

  private static String progress(JsonNode report) {
    JsonNode bulk = report.path("bulk");
    StringBuilder words =
        new StringBuilder(bulk.path("state").asText())
            .append(": ")
            .append(bulk.path("revoked").asText())
            .append(" of ")
            .append(bulk.path("size").asText())
            .append(" revoked");
    if (bulk.has("why")) {
      words.append(" (").append(bulk.path("why").asText()).append(')');
    } else if (report.has("proposal")) {
      words.append(", proposal ").append(report.path("proposal").path("state").asText());
    }
    report
        .path("visibility")
        .forEach(
            seen ->
                words
                    .append(", ")
                    .append(seen.path("channel").asText().replaceFirst("/.*", ""))
                    .append(" shows ")
                    .append(seen.path("count").asText()));
    return words.toString();
  }

  /** Done and visible everywhere, or refused. */
  private static boolean isOver(JsonNode report) {
    JsonNode bulk = report.path("bulk");
    boolean seen = !report.path("visibility").isEmpty() || bulk.path("revoked").asInt() == 0;
    for (JsonNode channel : report.path("visibility")) {
      boolean part = channel.path("channel").asText().startsWith("shard/");
      seen &= part || channel.path("count").asInt() >= bulk.path("revoked").asInt();
    }
    return switch (bulk.path("state").asText()) {
      case "done" -> seen;
      case "refused" -> true;
      default -> false;
    };
  }

  private void show(JsonNode preview, PrintWriter out) {
    line(
        out,
        "certificates",
        preview.path("count").asText()
            + ", of these "
            + preview.path("inUse").asText()
            + " in use ("
            + preview.path("inUseMeans").asText()
            + ")");
    for (String group : new String[] {"byOrganization", "byProfile", "byIssuer", "contacts"}) {
      for (JsonNode one : preview.path(group)) {
        line(
            out,
            group.startsWith("by") ? group.substring(2).toLowerCase(java.util.Locale.ROOT) : group,
            "%-30s %s (%s in use)"
                .formatted(
                    one.path("value").asText("").isEmpty() ? "-" : one.path("value").asText(),
                    one.path("count").asText(),
                    one.path("inUse").asText()));
      }
    }
  }

  private Map<String, Object> body() {
    if (replaceUntil.isPresent() != deadline.isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "revoke-many: --replace-until and --deadline belong together");
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("selection", criteria.asked());
    reason.ifPresent(value -> body.put("reason", value));
    invalidityDate.ifPresent(value -> body.put("invalidityDate", value));
    comment.ifPresent(value -> body.put("comment", value));
    replaceUntil.ifPresent(
        until -> body.put("replace", Map.of("until", until, "deadline", deadline.orElseThrow())));
    return body;
  }

  private static void line(PrintWriter out, String name, String value) {
    out.println(Problem.printable("%-13s %s".formatted(name, value)));
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Failure.Misconfigured("revoke-many", "was interrupted", "use --follow")
          .because(stopped);
    }
  }
}
