package io.chancery.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpanTest {
  @ParameterizedTest
  @CsvSource({
    "90d, P90D, 90d",
    "24h, PT24H, 1d",
    "36h, P1DT12H, 36h",
    "2w, P14D, 14d",
    "5m, PT5M, 5m",
    "90s, PT1M30S, 90s",
    "0s, PT0S, 0s",
    "36600d, P36600D, 36600d",
  })
  void isReadInBothForms(String plain, String iso, String text) {
    Duration length = Span.parse(plain).orElseThrow();
    assertThat(Span.parse(iso)).contains(length);
    assertThat(Span.text(length)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "d", "90", "90 d", "90D", "1y", "-1d", "P-1D", "PT0.5S", "36601d", "P1Y"})
  void isNothingElse(String text) {
    assertThat(Span.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"9999999999d", "P99999999999999999999D", "PT9223372036854775807H"})
  void doesNotOverflow(String text) {
    assertThat(Span.parse(text)).isEmpty();
  }
}
