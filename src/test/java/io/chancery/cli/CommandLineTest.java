package io.chancery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(strings = {"help", "--help", "-h", "--version"})
  void helpAndVersionAreNoFailure(String argument) {
    assertThat(run(argument)).isZero();
    assertThat(out.toString()).contains("chancery");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelp(String command) {
    assertThat(run("help", command)).isZero();
    String help = out.toString();
    assertThat(help).contains("Usage: chancery").doesNotContain("null");
    out.getBuffer().setLength(0);
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString()).isEqualTo(command.equals("help") ? out.toString() : help);
    assertThat(err.toString()).isEmpty();
  }

  static Stream<String> commands() {
    return Chancery.whole().getSubcommands().keySet().stream();
  }

  @Test
  void anUnknownCommandIsAnsweredWithTheOneThatWasMeant() {
    assertThat(run("enrl")).isEqualTo(2);
    assertThat(err.toString()).contains("'enrl'").contains("Did you mean").contains("enrol");
  }

  @Test
  void noCommandIsAnsweredWithTheList() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("which command?").contains("Commands:");
  }

  @Test
  void aWrongOptionNamesTheHelpToRead() {
    assertThat(run("up", "--http-port", "many")).isEqualTo(2);
    assertThat(err.toString()).contains("--http-port").contains("See: chancery help up");
  }

  @Test
  void aFailureIsTwoLinesAndItsStackOnlyOnRequest() {
    assertThat(run("revoke", "zz")).isEqualTo(1);
    assertThat(err.toString()).startsWith("chancery: serial number").doesNotContain("\tat ");
    assertThat(run("--stack", "revoke", "zz")).isEqualTo(1);
    assertThat(err.toString()).contains("\tat io.chancery");
  }

  @Test
  void chaosNeedsACheckoutAndSaysWhatItTakes() {
    assertThat(run("chaos")).isEqualTo(1);
    assertThat(err.toString()).contains("not part of a build").contains("./chancery chaos");
    assertThat(run("chaos", "--parts", "moon")).isEqualTo(2);
    System.setProperty("chancery.checkout", "");
    try {
      assertThat(run("chaos", "--rounds", "0")).isEqualTo(2);
      assertThat(run("chaos", "--soak", "PT1S")).isEqualTo(2);
      assertThat(run("chaos", "--overload", "1")).isEqualTo(2);
      assertThat(run("chaos", "--overload", "60", "--soak", "PT1H")).isEqualTo(2);
    } finally {
      System.clearProperty("chancery.checkout");
    }
  }

  private int run(String... arguments) {
    return Chancery.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
