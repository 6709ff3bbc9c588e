package io.chancery.ocsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.PkiException;
import io.chancery.issuance.CertId;
import io.chancery.issuance.CertIdStem;
import io.chancery.issuance.OcspHash;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;

/** The parser by hand and the library's read the same, or the one by hand does not read at all. */
class ShortRequestTest {
  private static final OcspScene SCENE = OcspScene.standard();
  private static final List<CertIdStem> STEMS = SCENE.stems();
  private static final BigInteger SERIAL =
      new BigInteger("7f0102030405060708090a0b0c0d0e0f10111213", 16);

  @Test
  void theCommonShapeIsReadUnderEachHashWithAndWithoutParameters() throws Exception {
    for (OcspHash hash : OcspHash.values()) {
      for (boolean parameters : new boolean[] {true, false}) {
        for (BigInteger serial :
            List.of(BigInteger.ONE, BigInteger.valueOf(128), BigInteger.valueOf(0x7fff), SERIAL)) {
          byte[] der = question(hash, parameters, serial);
          ShortRequest.Asked asked = ShortRequest.read(der, STEMS).orElseThrow();
          assertThat(asked.stem().hash()).isEqualTo(hash);
          assertThat(new BigInteger(asked.serial())).isEqualTo(serial);
          mustAgree(der);
        }
      }
    }
  }

  @Test
  void everyFlippedOctetGivesTheSameVerdict() throws Exception {
    int read = 0;
    for (OcspHash hash : OcspHash.values()) {
      byte[] der = question(hash, true, SERIAL);
      for (int at = 0; at < der.length; at++) {
        for (int flip = 1; flip < 256; flip++) {
          byte[] flipped = der.clone();
          flipped[at] ^= (byte) flip;
          read += mustAgree(flipped) ? 1 : 0;
        }
      }
    }
    // Flips within the serial are read, nearly all others are not.
    assertThat(read).isBetween(3 * 18 * 255, 3 * 21 * 255);
  }

  @Test
  void insertedRemovedAndShuffledOctetsGiveTheSameVerdict() throws Exception {
    Random random = new Random(4);
    byte[] der = question(OcspHash.SHA1, true, SERIAL);
    for (int round = 0; round < 40_000; round++) {
      byte[] other = der.clone();
      for (int i = random.nextInt(3); i >= 0; i--) {
        other = mutated(other, random);
      }
      mustAgree(other);
    }
  }

  @Test
  void whatIsNotOfTheCommonShapeIsLeftToTheLibrary() throws Exception {
    byte[] der = question(OcspHash.SHA1, true, SERIAL);
    assertThat(ShortRequest.read(new byte[0], STEMS)).isEmpty();
    assertThat(ShortRequest.read(Arrays.copyOf(der, der.length + 1), STEMS)).isEmpty();
    assertThat(ShortRequest.read(Arrays.copyOf(der, der.length - 1), STEMS)).isEmpty();
    assertThat(ShortRequest.read(question(OcspHash.SHA1, true, BigInteger.ZERO), STEMS)).isEmpty();
    assertThat(ShortRequest.read(question(OcspHash.SHA1, true, BigInteger.TEN.negate()), STEMS))
        .isEmpty();
    assertThat(
            ShortRequest.read(question(OcspHash.SHA1, true, BigInteger.ONE.shiftLeft(160)), STEMS))
        .isEmpty();
    assertThat(ShortRequest.read(der, List.of())).isEmpty();
  }

  /** Whether the one by hand reads it; then the library must read the same. */
  private static boolean mustAgree(byte[] der) {
    Optional<ShortRequest.Asked> asked = ShortRequest.read(der, STEMS);
    if (asked.isEmpty()) {
      return false;
    }
    OcspRequest request;
    try {
      request = OcspRequest.parse(der);
    } catch (PkiException refused) {
      throw new AssertionError("the library refuses " + Arrays.toString(der), refused);
    }
    assertThat(request.ids()).hasSize(1);
    assertThat(request.nonce()).isEmpty();
    assertThat(request.preferred()).isEmpty();
    CertId id = request.ids().getFirst();
    assertThat(asked.get().stem().isOf(id)).isTrue();
    assertThat(new BigInteger(asked.get().serial())).isEqualTo(id.serial());
    return true;
  }

  private static byte[] mutated(byte[] der, Random random) {
    int at = random.nextInt(der.length);
    List<Byte> octets = new ArrayList<>();
    for (byte octet : der) {
      octets.add(octet);
    }
    switch (random.nextInt(4)) {
      case 0 -> octets.add(at, (byte) random.nextInt(256));
      case 1 -> octets.remove(at);
      case 2 -> octets.set(at, (byte) (octets.get(at) + random.nextInt(5) - 2));
      default -> octets.set(at, octets.get(random.nextInt(der.length)));
    }
    byte[] result = new byte[octets.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = octets.get(i);
    }
    return result.length == 0 ? new byte[1] : result;
  }

  private static byte[] question(OcspHash hash, boolean parameters, BigInteger serial)
      throws Exception {
    ASN1ObjectIdentifier oid = new ASN1ObjectIdentifier(hash.oid());
    return SCENE.question(
        new DERSequence(
            parameters ? new ASN1Encodable[] {oid, DERNull.INSTANCE} : new ASN1Encodable[] {oid}),
        hash,
        new ASN1Integer(serial));
  }
}
