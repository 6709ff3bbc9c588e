package io.chancery.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HsmConfigTest {
  private static final String LEAST = "module: a.so\ntoken: {label: t}\npin-file: pin\n";

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("shipped")
  void everyShippedFileIsAccepted(Path file) {
    HsmConfig config = HsmConfig.load(file);
    assertThat(config.modules()).allMatch(Path::isAbsolute);
    assertThat(config.pinFile()).isAbsolute();
  }

  static Stream<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("hsm-config"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @Test
  void theSixHsmsOfTheListAreThere() throws IOException {
    assertThat(shipped().map(file -> file.getFileName().toString()))
        .containsExactly(
            "aws-cloudhsm.yaml",
            "entrust-nshield.yaml",
            "softhsm.yaml",
            "thales-luna.yaml",
            "utimaco.yaml",
            "yubihsm2.yaml");
  }

  @Test
  void pathsAreRelativeToTheFile() throws IOException {
    HsmConfig config =
        load(
            """
            module: [lib/a.so, /b.so]
            token: {serial: "0042"}
            pin-file: secrets/pin
            sessions: 2
            queue: 9
            environment: {CONF: ./c.conf, PLAIN: c.conf, NUMBER: 1}
            quirks: [id-by-public-key, short-template]
            """);
    assertThat(config.modules()).containsExactly(folder.resolve("lib/a.so"), Path.of("/b.so"));
    assertThat(config.pinFile()).isEqualTo(folder.resolve("secrets/pin"));
    assertThat(config.token()).isEqualTo(new TokenChoice.BySerial("0042"));
    assertThat(config.environment())
        .isEqualTo(
            Map.of("CONF", folder.resolve("c.conf").toString(), "PLAIN", "c.conf", "NUMBER", "1"));
    assertThat(config.quirks())
        .containsExactlyInAnyOrder(Quirk.ID_BY_PUBLIC_KEY, Quirk.SHORT_TEMPLATE);
    assertThat(config.sessions()).isEqualTo(2);
    assertThat(config.queue()).isEqualTo(9);
  }

  @Test
  void severalTokensShareWhatTheyDoNotSayThemselves() throws IOException {
    HsmConfig config =
        load(
            """
            module: /a.so
            tokens:
              - {label: left}
              - {serial: "0042", module: /b.so, pin-file: other-pin, environment: {X: "1"}, quirks: [no-key-history]}
            pin-file: pin
            sessions: 3
            crl-queue: 7
            call-limit: 9
            """);
    assertThat(config.each()).hasSize(2);
    HsmConfig other = config.each().get(1);
    assertThat(config.token()).isEqualTo(new TokenChoice.ByLabel("left"));
    assertThat(config.pinFile()).isEqualTo(folder.resolve("pin"));
    assertThat(other.token()).isEqualTo(new TokenChoice.BySerial("0042"));
    assertThat(other.modules()).containsExactly(Path.of("/b.so"));
    assertThat(other.pinFile()).isEqualTo(folder.resolve("other-pin"));
    assertThat(other.environment()).isEqualTo(Map.of("X", "1"));
    assertThat(other.quirks()).containsExactly(Quirk.NO_KEY_HISTORY);
    assertThat(config.each())
        .allSatisfy(
            each -> {
              assertThat(each.sessions()).isEqualTo(3);
              assertThat(each.crlQueue()).isEqualTo(7);
              assertThat(each.callLimit()).isEqualTo(Duration.ofSeconds(9));
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tokens: []                                     | a list of 1 to 8
          tokens: {label: a}                             | a list of 1 to 8
          tokens: [{label: a}, {label: a}]               | names the same token twice
          tokens: [{label: a, colour: red}]              | token wants one of
          tokens: [{module: /a.so}]                      | token wants one of
          'tokens: [{label: a}]\ntoken: {label: a}'      | both token and tokens
          'token: {label: a, module: /b.so}'             | token wants one of
          """)
  void whatIsNoListOfTokensIsRefused(String lines, String reason) {
    assertThatThrownBy(
            () -> load("module: /a.so\npin-file: pin\n" + lines.replace("\\n", "\n") + "\n"))
        .hasMessageContaining(reason);
  }

  @Test
  void whatIsNotSaidHasAStandard() throws IOException {
    HsmConfig config = load(LEAST);
    assertThat(config.sessions()).isEqualTo(4);
    assertThat(config.queue()).isEqualTo(256);
    assertThat(config.environment()).isEmpty();
    assertThat(config.quirks()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pin: 1234                              | unknown key 'pin'",
        "sessions: 0                            | sessions wants a number from 1 to 64",
        "sessions: 65                           | sessions wants a number",
        "sessions: '4'                          | sessions wants a number",
        "sessions: 1e99                         | sessions wants a number",
        "queue: -1                              | queue wants a number",
        "module: b.so                           | Duplicate",
        "environment: [a]                       | environment wants {NAME: value}",
        "environment: {'A=B': c}                | no variable 'A=B'",
        "environment: {A: {b: c}}               | A wants a text",
        "environment: {LD_PRELOAD: [x]}         | LD_PRELOAD wants a text",
        "quirks: short-template                 | quirks wants a list",
        "quirks: [everything]                   | no quirk 'everything'",
        "x: &a [*a]                             | ",
        "--- {}                                 | ",
        "\"\\u202e\": 1                         | unknown key '\\u202e'",
      })
  void aHostileLineIsRefusedInOneLine(String line, String reason) {
    assertThatThrownBy(() -> load(LEAST + line + "\n"))
        .isInstanceOfSatisfying(
            PkiException.class,
            refused -> {
              assertThat(refused.failure()).isInstanceOf(Failure.Misconfigured.class);
              assertThat(refused.failure().detail())
                  .contains(reason == null ? "" : reason)
                  .doesNotContain("\n", "\u202e");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "token: {label: t}        | token: t                    | token wants one of",
        "token: {label: t}        | token: {label: t, slot: 0}  | token wants one of",
        "token: {label: t}        | token: {slot: -1}           | slot wants a number",
        "token: {label: t}        | token: {slot: 1e3}          | slot wants a number",
        "token: {label: t}        | token: {serial: 0042}       | digits alone go in quotes",
        "token: {label: t}        | token: {name: t}            | not 'name'",
        "token: {label: t}        | # nothing                   | token wants one of",
        "module: a.so             | module: []                  | names no library",
        "module: a.so             | module: [[a]]               | module wants a text",
        "module: a.so             | module:                     | module is missing",
        "pin-file: pin            | # nothing                   | pin-file is missing",
        "pin-file: pin            | pin-file: 1234              | pin-file wants a text",
        "pin-file: pin            | pin-file: \"a\\0b\"         | pin-file wants a text",
      })
  void aHostileValueIsRefused(String line, String instead, String reason) {
    assertThatThrownBy(() -> load(LEAST.replace(line, instead))).hasMessageContaining(reason);
  }

  @Test
  void whatIsNoFileOfOursIsRefused() {
    assertThatThrownBy(() -> load("")).hasMessageContaining("key: value");
    assertThatThrownBy(() -> load("- a\n")).hasMessageContaining("key: value");
    assertThatThrownBy(() -> load("\tmodule: a")).hasMessageContaining("no strict YAML");
    assertThatThrownBy(() -> load("#" + "x".repeat(70_000))).hasMessageContaining("larger");
    assertThatThrownBy(() -> HsmConfig.load(folder.resolve("none")))
        .hasMessageContaining("cannot be read");
  }

  private HsmConfig load(String text) throws IOException {
    return HsmConfig.load(Files.writeString(folder.resolve("hsm.yaml"), text));
  }
}
