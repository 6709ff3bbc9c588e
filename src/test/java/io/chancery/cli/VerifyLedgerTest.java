package io.chancery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chancery.audit.AuditFixture;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyLedgerTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path folder;
  private AuditFixture fixture;
  private Path password;

  @BeforeEach
  void prepare() throws Exception {
    fixture = AuditFixture.clone(folder);
    password = Files.writeString(folder.resolve("password"), fixture.password());
  }

  @Test
  void aSoundLedgerIsExitCodeZero() {
    assertThat(verify(database(), copy())).isZero();
    assertThat(out.toString())
        .contains("Everything that was compared agrees")
        .contains("certificates compared")
        .doesNotContain("not compared:");
  }

  @Test
  void aFindingIsExitCodeOneAndNamesItsLeaf() throws Exception {
    long leaf = fixture.unrevoke();
    assertThat(verify(database(), copy())).isEqualTo(1);
    assertThat(out.toString())
        .contains("FOUND")
        .contains("leaf " + leaf)
        .contains("STATUS_DIFFERS");

    out.getBuffer().setLength(0);
    assertThat(verify(database(), copy(), List.of("--json"))).isEqualTo(1);
    JsonNode report = new ObjectMapper().readTree(out.toString());
    assertThat(report.path("clean").asBoolean(true)).isFalse();
    assertThat(report.path("findings").path(0).path("leaf").asLong()).isEqualTo(leaf);
    assertThat(report.path("counts").path("STATUS_DIFFERS").asInt()).isEqualTo(1);
  }

  @Test
  void whatWasNotComparedIsSaid() {
    assertThat(verify(database())).isZero();
    assertThat(out.toString()).contains("not compared: the copy");
    assertThat(verify(copy())).isZero();
    assertThat(out.toString()).contains("not compared: the database");
  }

  @Test
  void whatCannotBeVerifiedIsExitCodeTwo() {
    assertThat(verify(List.of("--copy", folder.resolve("nothing").toString()))).isEqualTo(2);
    assertThat(err.toString()).contains("no checkpoint that can be read").contains("remedy");
    assertThat(
            verify(List.of("--jdbc-url", "jdbc:postgresql://127.0.0.1:1/none", "--jdbc-user", "x")))
        .isEqualTo(2);
    assertThat(run("verify-ledger", "--copy", fixture.copy().toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--key");
    assertThat(run("verify-ledger", "--copy", "x", "--key", "no-key")).isEqualTo(2);
  }

  private List<String> database() {
    return List.of(
        "--jdbc-url", fixture.jdbcUrl(),
        "--jdbc-user", fixture.user(),
        "--jdbc-password-file", password.toString());
  }

  private List<String> copy() {
    return List.of("--copy", fixture.copy().toString());
  }

  @SafeVarargs
  private int verify(List<String>... options) {
    List<String> words = new ArrayList<>(List.of("verify-ledger", "--key", fixture.vkey()));
    for (List<String> some : options) {
      words.addAll(some);
    }
    return run(words.toArray(String[]::new));
  }

  private int run(String... arguments) {
    return Chancery.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
