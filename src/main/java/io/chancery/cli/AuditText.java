package io.chancery.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chancery.audit.report.Finding;
import io.chancery.audit.report.Report;
import java.util.Locale;

/** A report as a person reads it, and as a program does. */
record AuditText(Report report) {
  private static final ObjectMapper JSON = new ObjectMapper();

  String words() {
    StringBuilder out = new StringBuilder();
    report.facts().forEach((name, value) -> out.append(line("  %-34s %s", name, value)));
    report.notCompared().forEach(what -> out.append(line("  not compared: %s", what)));
    for (Finding finding : report.findings()) {
      String where = finding.leaf().isPresent() ? "leaf " + finding.leaf().getAsLong() : "no leaf";
      out.append(line("FOUND  %-12s %-24s %s", where, finding.kind(), finding.what()));
    }
    long more = report.found() - report.findings().size();
    if (more > 0) {
      out.append(line("FOUND  and %d more; in all:", more));
      report
          .counts()
          .forEach(
              (kind, count) -> out.append(line("  %,8d  %-24s %s", count, kind, kind.meaning())));
    }
    double seconds = report.took().toMillis() / 1000.0;
    out.append(
        report.isClean()
            ? line("Everything that was compared agrees (%.1f s).", seconds)
            : line("%d findings%s (%.1f s).", report.found(), firstLeaf(), seconds));
    return out.toString();
  }

  private String firstLeaf() {
    return report.firstLeaf().isPresent()
        ? ", the first at leaf " + report.firstLeaf().getAsLong()
        : "";
  }

  String json() {
    ObjectNode root = JSON.createObjectNode();
    root.put("clean", report.isClean());
    root.put("millis", report.took().toMillis());
    report.firstLeaf().ifPresent(leaf -> root.put("firstLeaf", leaf));
    ObjectNode facts = root.putObject("facts");
    report.facts().forEach(facts::put);
    ArrayNode notCompared = root.putArray("notCompared");
    report.notCompared().forEach(notCompared::add);
    ObjectNode counts = root.putObject("counts");
    report.counts().forEach((kind, count) -> counts.put(kind.name(), count));
    ArrayNode findings = root.putArray("findings");
    for (Finding finding : report.findings()) {
      ObjectNode one = findings.addObject();
      one.put("kind", finding.kind().name());
      finding.leaf().ifPresent(leaf -> one.put("leaf", leaf));
      one.put("what", finding.what());
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values) + "\n";
  }
}
