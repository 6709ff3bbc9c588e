package io.chancery.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTermsTest {
  private record Words(String every, Duration look, Duration lifetime, Duration margin)
      implements FilterConfig {
    static Words every(String every) {
      return new Words(every, Duration.ofMinutes(1), Duration.ofDays(1), Duration.ofMinutes(10));
    }
  }

  @Test
  void offMeansNever() {
    assertThat(new FilterTerms(Words.every("off")).every()).isEmpty();
    assertThat(new FilterTerms(Words.every("30M")).every()).hasValue(Duration.ofMinutes(30));
    assertThat(new FilterTerms(Words.every("90")).every()).hasValue(Duration.ofSeconds(90));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "often", "-1s", "0s", "24H", "48H"})
  void whatMakesNoSenseRefusesTheStart(String every) {
    PkiException refused =
        catchThrowableOfType(PkiException.class, () -> new FilterTerms(Words.every(every)));
    assertThat(refused.failure()).isInstanceOf(Failure.Misconfigured.class);
    assertThat(refused.failure().detail()).startsWith("chancery.filter.every: ");
  }

  @Test
  void aMarginIsNotNegative() {
    Words words =
        new Words("1H", Duration.ofMinutes(1), Duration.ofDays(1), Duration.ofSeconds(-1));
    assertThat(catchThrowableOfType(PkiException.class, () -> new FilterTerms(words))).isNotNull();
  }
}
