package io.chancery.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.ledger.SignatureCount.Purpose;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureCountTest {
  @Test
  void isReadAsItIsWritten() {
    SignatureCount count =
        new SignatureCount(Map.of(Purpose.CERTIFICATE, 12L, Purpose.CRL, 3L, Purpose.OCSP, 400L));
    assertThat(count.text())
        .isEqualTo(
            "certificate=12 crl=3 ocsp=400 checkpoint=0 filter=0 request=0 proof=0 receipt=0 other=0");
    SignatureCount read = SignatureCount.parse(count.text());
    assertThat(read.text()).isEqualTo(count.text());
    assertThat(read.of(Purpose.OCSP)).isEqualTo(400);
    assertThat(SignatureCount.parse("crl=1").of(Purpose.OTHER)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "certificate",
        "certificate=-1",
        "certificate=01",
        "crl=1 crl=1",
        "crl=1  ocsp=1",
        "coffee=1",
        "crl=9999999999999999999",
        "crl=1 "
      })
  void whatIsNoCountIsRefused(String text) {
    assertThatThrownBy(() -> SignatureCount.parse(text))
        .isInstanceOfSatisfying(
            PkiException.class, e -> assertThat(e.failure()).isInstanceOf(Failure.Malformed.class));
  }
}
