package io.chancery.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class FirstHandshakeTest {
  @Test
  void itComesToItsEnd() throws Exception {
    assertThat(FirstHandshake.hold(Instant.now().truncatedTo(ChronoUnit.SECONDS))).isTrue();
  }
}
