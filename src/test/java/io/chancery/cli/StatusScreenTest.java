package io.chancery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chancery.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** One screen tells a person what is down, since when, why, and what to do. */
class StatusScreenTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void allIsWell() throws Exception {
    StatusScreen screen = new StatusScreen(overview("WELL", true, "", "[]"));
    assertThat(screen.exitCode()).isZero();
    assertThat(text(screen))
        .contains(
            "is WELL: certificates are issued, status is answered.",
            "issuing     yes",
            "  database  up    since 2026-06-01T12:00:00Z (90 s)",
            "number 7      of 2026-06-01T11:00:00Z, until 2026-06-02T11:00:00Z",
            "12 answers ready, 0 of them overdue",
            "alerts      none open",
            "this replica, 28 s left");
  }

  @Test
  void whatIsDownSaysSinceWhenAndWhyAndWhatToDo() throws Exception {
    StatusScreen screen =
        new StatusScreen(overview("DEGRADED", false, "database is away: no connection", "null"));
    assertThat(screen.exitCode()).isEqualTo(1);
    assertThat(text(screen))
        .contains(
            "is DEGRADED: status is answered, no certificates are issued.",
            "issuing     NO",
            "database: away",
            "  database  DOWN  since 2026-06-01T12:00:00Z (90 s)",
            "why     database is away: no connection",
            "remedy  bring it back",
            "alerts      not known while the database is away");
  }

  @Test
  void controlCharactersOfOthersStayOut() throws Exception {
    StatusScreen screen = new StatusScreen(overview("DOWN", false, "\\u001b[2J gone", "null"));
    assertThat(screen.exitCode()).isEqualTo(2);
    assertThat(text(screen)).doesNotContain("\u001b");
  }

  @Test
  void aStatusNodeHasOnlyItsHealth() throws Exception {
    StatusScreen screen =
        new StatusScreen(
            JSON.readTree("{\"status\":\"UP\",\"checks\":[{\"name\":\"crl\",\"status\":\"UP\"}]}"));
    assertThat(screen.exitCode()).isZero();
    assertThat(text(screen)).contains("health      UP");
  }

  @Test
  void silenceIsDownForProgramsToo() {
    assertThat(StatusScreen.silent(new Failure.NotFound("answer", "here")))
        .contains("\"state\" : \"DOWN\"", "no answer here");
  }

  private static JsonNode overview(String state, boolean up, String trouble, String others)
      throws JsonProcessingException {
    return JSON.readTree(
        """
        {"state": "%s", "replica": "one:8443", "time": "2026-06-01T12:01:30Z",
         "issuing": {"on": %b, "why": [%s]},
         "parts": [{"name": "database", "up": %b, "since": "2026-06-01T12:00:00Z",
           "trouble": "%s", "remedy": "bring it back"}],
         "crls": [{"slot": "issuing whole", "number": 7, "thisUpdate": "2026-06-01T11:00:00Z",
           "nextUpdate": "2026-06-02T11:00:00Z", "inForce": true}],
         "ocsp": {"answers": 12, "overdue": 0}, "ledger": {"behindSeconds": 0},
         "alerts": %s,
         "leases": [{"name": "ledger", "holder": "12/x", "secondsLeft": 28, "own": true}]}
        """
            .formatted(state, up, up ? "" : "\"database: away\"", up, trouble, others));
  }

  private static String text(StatusScreen screen) {
    StringWriter text = new StringWriter();
    screen.print(new PrintWriter(text, true));
    return text.toString();
  }
}
