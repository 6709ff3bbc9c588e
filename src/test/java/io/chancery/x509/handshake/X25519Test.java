package io.chancery.x509.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.KeyAgreement;
import javax.crypto.ShortBufferException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link X25519Pairs} and {@link X25519Agreement} against RFC 7748 and against Java's own. */
class X25519Test {
  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final Provider OURS = new HandshakeAlgorithms();
  private static final Provider JAVAS = Security.getProvider("SunEC");

  static {
    HandshakeAlgorithms.everywhere();
  }

  /** RFC 7748 s5.2 and s6.1: a scalar, a coordinate, and what comes of them. */
  @ParameterizedTest
  @CsvSource({
    "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4,"
        + "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c,"
        + "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
    "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d,"
        + "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a413,"
        + "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957",
    "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb,"
        + "0900000000000000000000000000000000000000000000000000000000000000,"
        + "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
    "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb,"
        + "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a,"
        + "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"
  })
  void vectors(String scalar, String coordinate, String secret) throws Exception {
    assertThat(hex(agreed(OURS, secretKey(octets(scalar)), publicKey(octets(coordinate)))))
        .isEqualTo(secret);
  }

  /** RFC 7748 s5.2, the second kind: each result is the next scalar, the scalar the coordinate. */
  @Test
  void aThousandInARow() throws Exception {
    byte[] scalar = octets("0900000000000000000000000000000000000000000000000000000000000000");
    byte[] coordinate = scalar;
    for (int i = 0; i < 1_000; i++) {
      byte[] next = agreed(OURS, secretKey(scalar), publicKey(masked(coordinate)));
      coordinate = scalar;
      scalar = next;
    }
    assertThat(hex(scalar))
        .isEqualTo("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
  }

  @Test
  void itAgreesWithJavasOwn() throws Exception {
    for (int i = 0; i < 50; i++) {
      KeyPair ours = pair(OURS);
      KeyPair javas = pair(JAVAS);
      byte[] secret = agreed(OURS, ours.getPrivate(), javas.getPublic());

      assertThat(agreed(OURS, javas.getPrivate(), ours.getPublic())).isEqualTo(secret);
      assertThat(agreed(JAVAS, ours.getPrivate(), javas.getPublic())).isEqualTo(secret);
      assertThat(agreed(JAVAS, javas.getPrivate(), ours.getPublic())).isEqualTo(secret);
      assertThat(secret).isNotEqualTo(agreed(OURS, ours.getPrivate(), pair(OURS).getPublic()));
    }
  }

  /** Every point whose order divides eight, and the same numbers beyond p. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "1",
        "325606250916557431795983626356110631294008115727848805560023387167927233504",
        "39382357235489614581723060781553021112529911719440698176882885853963445705823"
      })
  void aPointOfSmallOrderIsRefused(BigInteger small) throws Exception {
    PrivateKey own = pair(OURS).getPrivate();
    for (BigInteger u : List.of(small, small.add(P), small.negate().mod(P))) {
      boolean alsoJavas = refuses(JAVAS, own, u);
      assertThat(refuses(OURS, own, u)).isEqualTo(alsoJavas);
    }
    assertThat(refuses(OURS, own, small)).isTrue();
    assertThat(refuses(OURS, own, P.subtract(BigInteger.ONE))).isTrue();
  }

  @Test
  void javaAsksForX25519HereAndItselfForTheRest() throws Exception {
    KeyPairGenerator pairs = KeyPairGenerator.getInstance("XDH");
    pairs.initialize(NamedParameterSpec.X25519);
    assertThat(pairs.getProvider().getName()).isEqualTo(HandshakeAlgorithms.NAME);
    KeyPair small = pairs.generateKeyPair();
    KeyAgreement agreement = KeyAgreement.getInstance("XDH");
    agreement.init(small.getPrivate());
    assertThat(agreement.getProvider().getName()).isEqualTo(HandshakeAlgorithms.NAME);

    KeyPairGenerator others = KeyPairGenerator.getInstance("XDH");
    others.initialize(NamedParameterSpec.X448);
    assertThat(others.getProvider()).isEqualTo(JAVAS);
    KeyPair large = others.generateKeyPair();
    KeyAgreement another = KeyAgreement.getInstance("XDH");
    another.init(large.getPrivate());
    assertThat(another.getProvider()).isEqualTo(JAVAS);
    another.doPhase(others.generateKeyPair().getPublic(), true);
    assertThat(another.generateSecret()).hasSize(56);

    assertThatThrownBy(() -> agreement.doPhase(large.getPublic(), true))
        .isInstanceOf(InvalidKeyException.class);
    KeyPairGenerator strict = KeyPairGenerator.getInstance("XDH", OURS);
    assertThatThrownBy(() -> strict.initialize(NamedParameterSpec.X448))
        .isInstanceOf(InvalidAlgorithmParameterException.class);
    assertThatThrownBy(() -> strict.initialize(448)).isInstanceOf(InvalidParameterException.class);
    strict.initialize(255);
    assertThat(((XECPublicKey) strict.generateKeyPair().getPublic()).getU()).isLessThan(P);
  }

  @Test
  void oneSecretForEachKeyThatIsShown() throws Exception {
    KeyPair own = pair(OURS);
    KeyAgreement agreement = KeyAgreement.getInstance("XDH", OURS);
    assertThatThrownBy(() -> agreement.init(own.getPublic()))
        .isInstanceOf(InvalidKeyException.class);
    assertThatThrownBy(() -> agreement.doPhase(own.getPublic(), true))
        .isInstanceOf(IllegalStateException.class);
    agreement.init(own.getPrivate(), NamedParameterSpec.X25519);
    assertThatThrownBy(() -> agreement.init(own.getPrivate(), NamedParameterSpec.X448))
        .isInstanceOf(InvalidAlgorithmParameterException.class);
    assertThatThrownBy(agreement::generateSecret).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> agreement.doPhase(pair(OURS).getPublic(), false))
        .isInstanceOf(IllegalStateException.class);

    PublicKey theirs = pair(OURS).getPublic();
    byte[] secret = agreed(OURS, own.getPrivate(), theirs);
    agreement.doPhase(theirs, true);
    assertThatThrownBy(() -> agreement.doPhase(theirs, true))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> agreement.generateSecret(new byte[40], 9))
        .isInstanceOf(ShortBufferException.class);
    assertThatThrownBy(() -> agreement.generateSecret("AES"))
        .isInstanceOf(NoSuchAlgorithmException.class);
    byte[] room = new byte[40];
    assertThat(agreement.generateSecret(room, 8)).isEqualTo(32);
    assertThat(Arrays.copyOfRange(room, 8, 40)).isEqualTo(secret);
    assertThatThrownBy(agreement::generateSecret).isInstanceOf(IllegalStateException.class);

    agreement.doPhase(theirs, true);
    assertThat(agreement.generateSecret("TlsPremasterSecret").getEncoded()).isEqualTo(secret);
  }

  private static boolean refuses(Provider provider, PrivateKey own, BigInteger u) throws Exception {
    try {
      agreed(provider, own, publicKey(u));
      return false;
    } catch (InvalidKeyException refused) {
      return true;
    }
  }

  private static byte[] agreed(Provider provider, PrivateKey own, PublicKey theirs)
      throws Exception {
    KeyAgreement agreement = KeyAgreement.getInstance("XDH", provider);
    agreement.init(own);
    agreement.doPhase(theirs, true);
    return agreement.generateSecret();
  }

  private static KeyPair pair(Provider provider) throws Exception {
    KeyPairGenerator pairs = KeyPairGenerator.getInstance("XDH", provider);
    pairs.initialize(NamedParameterSpec.X25519);
    return pairs.generateKeyPair();
  }

  private static PrivateKey secretKey(byte[] scalar) throws Exception {
    return KeyFactory.getInstance("XDH")
        .generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar));
  }

  private static PublicKey publicKey(byte[] leastFirst) throws Exception {
    return publicKey(new BigInteger(1, X25519Pairs.turned(leastFirst)));
  }

  private static PublicKey publicKey(BigInteger u) throws Exception {
    return KeyFactory.getInstance("XDH")
        .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, u));
  }

  /** RFC 7748 s5: the last bit of a coordinate is not looked at. */
  private static byte[] masked(byte[] coordinate) {
    byte[] masked = coordinate.clone();
    masked[31] &= 0x7f;
    return masked;
  }

  private static byte[] octets(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static String hex(byte[] octets) {
    return HexFormat.of().formatHex(octets);
  }
}
