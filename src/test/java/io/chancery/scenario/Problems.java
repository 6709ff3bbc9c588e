package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.testing.Http;

/** What every refusal looks like to the one who reads it. */
public final class Problems {
  private Problems() {}

  /** A problem document of this status that says something, and nothing that it should not. */
  public static JsonNode assertProblem(String what, Http.Answer answer, int status) {
    assertThat(answer.status()).as("%s: %s", what, answer.text()).isEqualTo(status);
    assertThat(answer.type()).as(what).startsWith("application/problem+json");
    JsonNode problem = answer.json();
    assertThat(problem.get("status").asInt()).as(what).isEqualTo(status);
    assertThat(problem.path("type").asText()).as(what).startsWith("urn:chancery:problem:");
    assertThat(problem.path("title").asText()).as(what).isNotBlank();
    assertThat(problem.path("detail").asText()).as(what).isNotBlank();
    assertThat(answer.text())
        .as(what)
        .doesNotContain("Exception", "\tat ", "io.chancery", "org.bouncycastle", "jakarta.")
        .matches(text -> text.chars().allMatch(c -> c >= 0x20 && c < 0x7f), "is plain ASCII");
    assertThat(problem.get("detail").asText())
        .as(what)
        .matches(text -> text.chars().allMatch(c -> c >= 0x20 && c < 0x7f), "is one plain line");
    return problem;
  }
}
