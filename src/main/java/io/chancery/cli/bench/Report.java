package io.chancery.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What was measured, as a person reads it and as a program does. */
public final class Report {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Line> lines = new ArrayList<>();
  private final Map<String, Double> facts = new LinkedHashMap<>();

  public void add(Line line) {
    lines.add(line);
  }

  /** A figure that has no goal, with its unit in its name. */
  public void fact(String name, double value) {
    facts.put(name, value);
  }

  /**
   * Everything that another run has written with {@link #json}.
   *
   * @param whose put before the names of its facts
   */
  void take(String json, String whose) {
    try {
      JsonNode other = JSON.readTree(json);
      for (JsonNode line : other.path("lines")) {
        lines.add(
            new Line(
                line.path("name").asText(),
                line.path("what").asText(),
                goal(line),
                line.path("value").asDouble(Double.NaN),
                line.path("note").asText()));
      }
      other
          .path("facts")
          .properties()
          .forEach(fact -> facts.put(whose + fact.getKey(), fact.getValue().asDouble()));
    } catch (JsonProcessingException notOurs) {
      throw new IllegalStateException(notOurs);
    }
  }

  /** "1, 8 and 32". */
  static String listed(List<Integer> numbers) {
    String all = numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return all.replaceFirst(", (\\d+)$", " and $1");
  }

  List<Line> lines() {
    return List.copyOf(lines);
  }

  String words() {
    StringBuilder out = new StringBuilder("\n");
    out.append(row("what", "goal", "here", ""));
    for (Line line : lines) {
      out.append(
          row(line.what(), line.goalText(), line.valueText(), line.isReached() ? "" : "missed"));
      out.append("    ").append(line.note()).append('\n');
    }
    out.append('\n');
    facts.forEach(
        (name, value) ->
            out.append(String.format(Locale.ROOT, "  %-58s %12s%n", name, Line.number(value))));
    return out.toString();
  }

  String json() {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode all = root.putArray("lines");
    for (Line line : lines) {
      ObjectNode one = all.addObject();
      one.put("name", line.name());
      one.put("what", line.what());
      one.put("goal", line.goalText());
      if (!Double.isNaN(line.value())) {
        one.put("value", line.value());
      }
      switch (line.goal()) {
        case Line.Goal.AtLeast least -> one.put("atLeast", least.value());
        case Line.Goal.AtMost most -> one.put("atMost", most.value());
      }
      one.put("unit", line.goal().unit().strip());
      one.put("reached", line.isReached());
      one.put("note", line.note());
    }
    ObjectNode known = root.putObject("facts");
    facts.forEach(known::put);
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Line.Goal goal(JsonNode line) {
    String word = line.path("unit").asText();
    String unit = word.isEmpty() || word.equals("x") ? word : " " + word;
    return line.has("atLeast")
        ? new Line.Goal.AtLeast(line.path("atLeast").asDouble(), unit)
        : new Line.Goal.AtMost(line.path("atMost").asDouble(), unit);
  }

  public static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static String row(String what, String goal, String value, String mark) {
    return String.format(Locale.ROOT, "%-66s %12s %12s  %s", what, goal, value, mark)
            .stripTrailing()
        + "\n";
  }
}
