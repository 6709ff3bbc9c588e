package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.Csrs;
import java.security.KeyPairGenerator;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsrMakerTest {
  @Test
  void aRequestHoldsWhatItWasMadeOf() throws Exception {
    var key = KeyPairGenerator.getInstance("EC").generateKeyPair();
    var subject = DistinguishedName.parse("O=Example Bank, CN=payments");
    List<SubjectAltName> names =
        List.of(SubjectAltName.parse("dns:pay.internal.test"), SubjectAltName.parse("ip:10.0.0.1"));
    Csr csr = Csr.parse(CsrMaker.make(key, subject, names).octets());
    assertThat(csr.subject()).isEqualTo(subject);
    assertThat(csr.names()).isEqualTo(names);
    assertThat(csr.key()).isEqualTo(SubjectPublicKey.of(key.getPublic()));
  }

  @Test
  void withoutNamesThereIsNoExtensionForThem() {
    var key = Csrs.pair(KeyAlgorithm.rsa(2048));
    Csr csr = Csr.parse(CsrMaker.make(key, DistinguishedName.EMPTY, List.of()).octets());
    assertThat(csr.names()).isEmpty();
    assertThat(csr.requested()).isEmpty();
    assertThat(csr.subject().isEmpty()).isTrue();
  }
}
