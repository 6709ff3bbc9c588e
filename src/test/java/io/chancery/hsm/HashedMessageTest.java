package io.chancery.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.TestToken;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyPairs;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A signature over a hash is the one over its message, and only who must reads the message. */
class HashedMessageTest {
  private static final byte[] MESSAGE = "a CRL of many megabytes".getBytes(StandardCharsets.UTF_8);

  @Test
  void keysOnATokenSignTheHash() throws Exception {
    HsmConfig config = HsmConfig.load(TestToken.fresh(TestToken.label("hashed")));
    try (Pkcs11Hsm hsm = Pkcs11Hsm.open(config)) {
      for (String algorithm : new String[] {"ec-p256", "ec-p384", "rsa-2048"}) {
        SigningKey key = hsm.generate(KeyAlgorithm.parse(algorithm), algorithm);
        assertThat(reads(key)).as(algorithm).isZero();
        assertThat(key.made().get(Purpose.CRL)).as("counted").isEqualTo(1);
      }
      // RFC 8032 s5.1: PureEdDSA signs the message itself.
      assertThat(reads(hsm.generate(KeyAlgorithm.ED25519, "ed"))).isEqualTo(1);
    }
  }

  @Test
  void keysInAFileSignTheHashWhereTheyCan() throws Exception {
    SecureRandom random = new SecureRandom();
    FileKey ec = FileKey.of("ec", KeyPairs.generate(KeyAlgorithm.EC_P384, random));
    assertThat(reads(ec)).isZero();
    assertThat(ec.made().get(Purpose.CRL)).isEqualTo(1);
    FileKey rsa = FileKey.of("rsa", KeyPairs.generate(KeyAlgorithm.rsa(2048), random));
    assertThat(reads(rsa)).isEqualTo(1);
  }

  /** How often the message was read for a signature that holds. */
  private static int reads(SigningKey key) throws Exception {
    AtomicInteger reads = new AtomicInteger();
    String digest = key.algorithm().digest();
    byte[] hash =
        digest.isEmpty() ? new byte[0] : MessageDigest.getInstance(digest).digest(MESSAGE);
    byte[] signature =
        key.sign(
            Purpose.CRL,
            new HashedMessage(
                hash,
                () -> {
                  reads.incrementAndGet();
                  return MESSAGE;
                }));
    assertThat(KeyProof.holds(key.publicKey(), MESSAGE, signature)).isTrue();
    return reads.get();
  }
}
