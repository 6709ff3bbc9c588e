package io.chancery.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chancery.cli.bench.Line.Goal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private final Report report = new Report();

  @Test
  void aLineSaysWhetherItsGoalIsReached() throws Exception {
    report.add(new Line("a", "rate", new Goal.AtLeast(0.5, ""), 0.61, "of three"));
    report.add(new Line("b", "time", new Goal.AtMost(10, " ms"), 12.34, "of three"));
    report.add(new Line("c", "absent", new Goal.AtLeast(0.5, ""), Double.NaN, "no nginx"));
    report.fact("seeding, seconds", 12.5);
    List<String> words = report.words().lines().toList();
    assertThat(words.get(2)).contains("rate", ">= 0.50", "0.61").doesNotContain("missed");
    assertThat(words.get(4)).contains("time", "<= 10.0 ms", "12.3 ms").endsWith("missed");
    assertThat(words.get(6)).contains(" - ").endsWith("missed");
    JsonNode json = new ObjectMapper().readTree(report.json());
    assertThat(json.at("/lines/0/reached").asBoolean()).isTrue();
    assertThat(json.at("/lines/1/value").asDouble()).isEqualTo(12.34);
    assertThat(json.at("/lines/2").has("value")).isFalse();
    assertThat(json.at("/facts/seeding, seconds").asDouble()).isEqualTo(12.5);
  }

  @Test
  void whatAnotherRunWroteIsTaken() {
    report.add(new Line("a", "rate", new Goal.AtLeast(0.855, ""), 0.61, "of three"));
    report.add(new Line("b", "time", new Goal.AtMost(10, " ms"), 12.34, "of three"));
    report.add(new Line("c", "growth", new Goal.AtMost(1.2, "x"), Double.NaN, "no nginx"));
    report.fact("start, seconds", 12.5);
    Report other = new Report();
    other.take(report.json(), "");
    assertThat(other.json()).isEqualTo(report.json());
    assertThat(other.words()).isEqualTo(report.words());
    other.take(report.json(), "again: ");
    assertThat(other.words()).contains("again: start, seconds");
  }

  @Test
  void theMedianIsTheMiddle() {
    assertThat(Report.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
    assertThat(Report.median(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(3);
  }
}
