package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.Refusals;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.x509.CRLReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link RevocationReason} and {@link CertificateStatus}. */
class RevocationTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  @ParameterizedTest
  @EnumSource(RevocationReason.class)
  void reasonsGoBothWays(RevocationReason reason) {
    assertThat(RevocationReason.ofCode(reason.code())).isEqualTo(reason);
    assertThat(RevocationReason.parse(reason.text())).isEqualTo(reason);
    assertThat(RevocationReason.parse(reason.text().toUpperCase(Locale.ROOT))).isEqualTo(reason);
    assertThat(CRLReason.lookup(reason.code()).toString())
        .isEqualToIgnoringCase("CRLReason: " + reason.text());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 7, 11})
  void otherCodesAreRefused(int code) {
    assertThat(Refusals.malformed(() -> RevocationReason.ofCode(code)).clause())
        .isEqualTo("RFC 5280 s5.3.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "key compromise", "1", "keyCompromise\n"})
  void otherTextIsRefused(String text) {
    assertThat(Refusals.malformed(() -> RevocationReason.parse(text)).reason())
        .contains("keyCompromise");
  }

  @ParameterizedTest
  @EnumSource(RevocationReason.class)
  void aHoldIsNoRevocationForGood(RevocationReason reason) {
    switch (reason) {
      case CERTIFICATE_HOLD, REMOVE_FROM_CRL ->
          Refusals.malformed(() -> new CertificateStatus.Revoked(NOW, reason, Optional.empty()));
      default ->
          assertThat(new CertificateStatus.Revoked(NOW, reason, Optional.of(NOW)).reason())
              .isEqualTo(reason);
    }
  }

  @Test
  void goodIsOneValue() {
    assertThat(CertificateStatus.GOOD).isEqualTo(new CertificateStatus.Good());
  }
}
