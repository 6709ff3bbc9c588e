package io.chancery.x509.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.x509.verify.Hostile;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Java asks here about ECDSA that is to be verified and about X25519, and about nothing else. */
class HandshakeAlgorithmsTest {
  /** What {@link Hostile} signs. */
  private static final byte[] MESSAGE = {1, 2, 3};

  private static final Provider OURS = new HandshakeAlgorithms();

  static {
    HandshakeAlgorithms.everywhere();
  }

  @ParameterizedTest
  @CsvSource({
    "secp256r1, SHA-256",
    "secp256r1, SHA-384",
    "secp256r1, SHA-512",
    "secp384r1, SHA-384",
    "secp521r1, SHA-512"
  })
  void hostileSignaturesAreJudgedAsEverywhere(String curve, String digest) throws Exception {
    byte[] hash = MessageDigest.getInstance(digest).digest(MESSAGE);
    List<Hostile.Case> cases =
        Hostile.cases(SECNamedCurves.getOID(curve), digest).stream()
            .filter(one -> Arrays.equals(one.hash(), hash))
            .toList();
    // One verifier for all, as whoever keeps one would: nothing stays from the case before.
    Signature kept = Signature.getInstance(digest.replace("-", "") + "withECDSA", OURS);
    for (Hostile.Case one : cases) {
      kept.initVerify(read(one));
      kept.update(MESSAGE);
      assertThat(kept.verify(one.signature())).as(one.name()).isEqualTo(one.holds());
    }
    assertThat(cases).filteredOn(Hostile.Case::holds).hasSizeGreaterThanOrEqualTo(5);
    assertThat(cases).filteredOn(one -> !one.holds()).hasSizeGreaterThan(100);
  }

  @ParameterizedTest
  @CsvSource({"secp256r1, SHA256", "secp384r1, SHA384", "secp521r1, SHA512"})
  void javasOwnSignsAndThisVerifies(String curve, String digest) throws Exception {
    KeyPair pair = pair(curve);
    Signature signature = Signature.getInstance(digest + "withECDSA");
    signature.initSign(pair.getPrivate());
    assertThat(signature.getProvider().getName()).isEqualTo("SunEC");
    signature.update(MESSAGE);
    byte[] made = signature.sign();

    Signature check = Signature.getInstance(digest + "withECDSA");
    check.initVerify(pair.getPublic());
    assertThat(check.getProvider().getName()).isEqualTo(HandshakeAlgorithms.NAME);
    check.update(MESSAGE, 0, 1);
    check.update(MESSAGE[1]);
    check.update(MESSAGE, 2, 1);
    assertThat(check.verify(made)).isTrue();
    check.update(MESSAGE);
    assertThat(check.verify(made)).as("the same once more").isTrue();
    check.update(MESSAGE, 0, 2);
    assertThat(check.verify(made)).isFalse();
    check.update(MESSAGE);
    check.initVerify(pair.getPublic());
    check.update(MESSAGE);
    assertThat(check.verify(made)).as("what was said before begins anew").isTrue();
    check.initVerify(pair(curve).getPublic());
    check.update(MESSAGE);
    assertThat(check.verify(made)).as("another's key").isFalse();
  }

  @Test
  void everythingElseIsJavasOwn() throws Exception {
    Set<String> offered =
        OURS.getServices().stream()
            .map(service -> service.getType() + " " + service.getAlgorithm())
            .collect(Collectors.toSet());
    assertThat(offered)
        .containsExactlyInAnyOrder(
            "Signature SHA256withECDSA",
            "Signature SHA384withECDSA",
            "Signature SHA512withECDSA",
            "KeyPairGenerator XDH",
            "KeyAgreement XDH");
    assertThat(Signature.getInstance("SHA256withRSA").getProvider().getName()).startsWith("Sun");

    int before = Security.getProviders().length;
    HandshakeAlgorithms.everywhere();
    assertThat(Security.getProviders()).hasSize(before);
    assertThat(Security.getProviders()[0].getName()).isEqualTo(HandshakeAlgorithms.NAME);
  }

  @Test
  void theSwitchLeavesTlsToJava() {
    HandshakeAlgorithms.nowhere();
    assertThat(Security.getProvider(HandshakeAlgorithms.NAME)).isNull();
    HandshakeAlgorithms.nowhere();
    System.setProperty(HandshakeAlgorithms.SWITCH, "off");
    try {
      HandshakeAlgorithms.everywhere();
      assertThat(Security.getProvider(HandshakeAlgorithms.NAME)).isNull();
    } finally {
      System.clearProperty(HandshakeAlgorithms.SWITCH);
      HandshakeAlgorithms.everywhere();
    }
    assertThat(Security.getProvider(HandshakeAlgorithms.NAME)).isNotNull();
  }

  @Test
  void otherKeysAreNotForIt() throws Exception {
    KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    KeyPairGenerator koblitz = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
    koblitz.initialize(new ECGenParameterSpec("secp256k1"));
    Signature ours = Signature.getInstance("SHA256withECDSA", OURS);
    for (PublicKey other :
        List.of(
            rsa.getPublic(),
            koblitz.generateKeyPair().getPublic(),
            saying(new byte[] {0x30, 0}),
            saying(new byte[0]))) {
      assertThatThrownBy(() -> ours.initVerify(other)).isInstanceOf(InvalidKeyException.class);
    }
    assertThatThrownBy(() -> ours.initSign(pair("secp256r1").getPrivate()))
        .isInstanceOf(InvalidKeyException.class);
    assertThatThrownBy(() -> ours.verify(new byte[70])).isInstanceOf(SignatureException.class);
  }

  private static PublicKey read(Hostile.Case one) throws Exception {
    return KeyFactory.getInstance("EC")
        .generatePublic(
            new X509EncodedKeySpec(
                SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(one.key()).getEncoded()));
  }

  private static KeyPair pair(String curve) throws Exception {
    KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
    pairs.initialize(new ECGenParameterSpec(curve));
    return pairs.generateKeyPair();
  }

  private static PublicKey saying(byte[] encoded) {
    return new PublicKey() {
      private static final long serialVersionUID = 1L;

      @Override
      public String getAlgorithm() {
        return "EC";
      }

      @Override
      public String getFormat() {
        return "X.509";
      }

      @Override
      public byte[] getEncoded() {
        return encoded.clone();
      }
    };
  }
}
