package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Octets as a value: nobody changes them from outside. */
class DerTest {
  @Test
  void octetsAreCopiedBothWays() {
    byte[] given = {5, 0};
    Der der = Der.of(given);
    given[0] = 1;
    der.octets()[0] = 1;

    assertThat(der.octets()).containsExactly(5, 0);
    assertThat(der.length()).isEqualTo(2);
  }

  @Test
  void equalOctetsAreEqualValues() {
    Der der = Der.of(new byte[] {5, 0});

    assertThat(der)
        .isEqualTo(Der.of(new byte[] {5, 0}))
        .hasSameHashCodeAs(Der.of(new byte[] {5, 0}));
    assertThat(der).isNotEqualTo(Der.of(new byte[] {5, 1}));
    assertThat(der).hasToString("Der[2 octets]");
  }
}
