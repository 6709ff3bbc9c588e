package io.chancery.x509.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.PkiException;
import io.chancery.x509.Der;
import io.chancery.x509.SubjectPublicKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever verifies, the verdict is the same: hostile signatures and keys, through all of them. */
class EcdsaKeyTest {
  private static final NativeLibrary NOT_THERE =
      new NativeLibrary(
          () -> {
            throw new GeneralSecurityException("not there");
          });

  /** The native library, where this machine has one. */
  private static final NativeLibrary THERE = new NativeLibrary(Corretto::load);

  static {
    THERE.load();
  }

  private interface Verifier {
    boolean holds(ECPublicKeyParameters key, byte[] hash, byte[] signature) throws Exception;
  }

  @Test
  void theLibraryIsThereWhereTheBuildHasOne() {
    boolean linux = System.getProperty("os.name").equals("Linux");
    boolean known = List.of("amd64", "aarch64").contains(System.getProperty("os.arch"));

    assertThat(THERE.ifLoaded().isPresent()).isEqualTo(linux && known);
    THERE
        .ifLoaded()
        .ifPresent(it -> assertThat(it).hasToString("AmazonCorrettoCryptoProvider 2.5.0"));
    assertThat(Security.getProvider("AmazonCorrettoCryptoProvider"))
        .as("never registered")
        .isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "secp256r1, SHA-256",
    "secp256r1, SHA-512",
    "secp384r1, SHA-384",
    "secp521r1, SHA-512"
  })
  void everyVerifierSaysTheSame(String curve, String digest) throws Exception {
    ASN1ObjectIdentifier oid = SECNamedCurves.getOID(curve);
    Map<String, List<String>> wrong = new TreeMap<>();
    Map<String, Verifier> verifiers = verifiers();
    List<Hostile.Case> cases = Hostile.cases(oid, digest);
    for (Hostile.Case one : cases) {
      for (var verifier : verifiers.entrySet()) {
        if (knows(verifier.getKey(), one) && says(verifier.getValue(), one) != one.holds()) {
          wrong.computeIfAbsent(verifier.getKey(), any -> new ArrayList<>()).add(one.name());
        }
      }
    }

    assertThat(cases).filteredOn(Hostile.Case::holds).hasSizeGreaterThan(10);
    assertThat(cases).filteredOn(one -> !one.holds()).hasSizeGreaterThan(150);
    // The JDK reads a negative number as the positive one that was meant; nobody else does.
    assertThat(wrong).isEqualTo(Map.of("JDK", List.of(Hostile.WITHOUT_ITS_ZERO)));
  }

  @ParameterizedTest
  @CsvSource({"secp256r1", "secp384r1", "secp521r1"})
  void keysThatAreNoneAreRefusedByEveryoneBeforeAndInside(String curve) throws Exception {
    ASN1ObjectIdentifier oid = SECNamedCurves.getOID(curve);
    X9ECParameters parameters = CustomNamedCurves.getByOID(oid);
    byte[] good = parameters.getG().getEncoded(false);
    int length = (good.length - 1) / 2;
    byte[] p = octets(parameters.getCurve().getField().getCharacteristic(), length);
    List<byte[]> points = new ArrayList<>();
    points.add(new byte[] {0});
    points.add(new byte[0]);
    points.add(new byte[good.length]);
    points.add(with(good, 0, new byte[] {5}));
    points.add(flipped(good, good.length - 1));
    points.add(flipped(good, 3));
    points.add(with(good, 1, p));
    points.add(with(good, 1 + length, p));
    points.add(with(good, 1, new byte[2 * length]));
    points.add(Arrays.copyOf(good, good.length - 1));
    points.add(Arrays.copyOf(good, good.length + 1));
    for (byte[] point : points) {
      byte[] info = info(oid, point);
      assertThatThrownBy(() -> SubjectPublicKey.parse(Der.of(info)))
          .isInstanceOf(PkiException.class);
      THERE.ifLoaded().ifPresent(library -> assertThat(library.read(info)).isEmpty());
    }
    byte[] whole = info(oid, good);
    assertThat(SubjectPublicKey.parse(Der.of(whole)).info().octets()).isEqualTo(whole);
    THERE.ifLoaded().ifPresent(library -> assertThat(library.read(whole)).isPresent());
  }

  @Test
  void theLibraryIsNotAskedAboutOtherCurves() throws Exception {
    NativeLibrary strict =
        new NativeLibrary(
            () ->
                new Corretto(
                    new Pretender(
                        info -> {
                          throw new AssertionError("a key that it was not to see");
                        },
                        () -> true)));
    strict.load();
    for (ASN1ObjectIdentifier oid :
        List.of(SECObjectIdentifiers.secp256k1, SECObjectIdentifiers.secp224r1)) {
      for (Hostile.Case one : Hostile.cases(oid, "SHA-256")) {
        assertThat(new EcdsaKey(one.key(), strict).holds(one.hash(), one.signature()))
            .as(one.name())
            .isEqualTo(one.holds());
      }
    }
  }

  @Test
  void aLibraryThatTakesNoKeyOrThrowsLeavesItToBouncyCastle() throws Exception {
    List<Hostile.Case> cases = Hostile.cases(SECObjectIdentifiers.secp256r1, "SHA-256");
    Provider noKey =
        new Pretender(
            info -> {
              throw new InvalidKeySpecException("none such");
            },
            () -> true);
    Provider noVerdict =
        new Pretender(
            Pretender::asTheJdk,
            () -> {
              throw new SignatureException("cannot say");
            });
    Provider bug =
        new Pretender(
            Pretender::asTheJdk,
            () -> {
              throw new IllegalStateException("a bug");
            });
    for (Provider broken : List.of(noKey, noVerdict, bug, Pretender.empty())) {
      NativeLibrary library = new NativeLibrary(() -> new Corretto(broken));
      library.load();
      assertThat(library.ifLoaded()).isPresent();
      for (Hostile.Case one : cases) {
        assertThat(new EcdsaKey(one.key(), library).holds(one.hash(), one.signature()))
            .as(one.name())
            .isEqualTo(one.holds());
      }
    }
  }

  /** Over raw hashes the JDK has room for 64 octets. */
  private static boolean knows(String verifier, Hostile.Case one) {
    return !verifier.equals("JDK") || one.hash().length <= 64;
  }

  private static boolean says(Verifier verifier, Hostile.Case one) throws Exception {
    try {
      return verifier.holds(one.key(), one.hash(), one.signature());
    } catch (GeneralSecurityException refused) {
      return false;
    }
  }

  private static Map<String, Verifier> verifiers() {
    Map<String, Verifier> all = new LinkedHashMap<>();
    all.put("JDK", (key, hash, signature) -> jca(null, key, hash, signature));
    Provider bouncy = new BouncyCastleProvider();
    all.put("BouncyCastle", (key, hash, signature) -> jca(bouncy, key, hash, signature));
    all.put("alone", (key, hash, signature) -> new EcdsaKey(key, NOT_THERE).holds(hash, signature));
    THERE
        .ifLoaded()
        .ifPresent(
            library -> {
              all.put(
                  "library",
                  (key, hash, signature) ->
                      library
                          .read(info(key))
                          .flatMap(read -> library.verdict(read, hash, signature))
                          .orElse(false));
              all.put(
                  "with the library",
                  (key, hash, signature) -> new EcdsaKey(key, THERE).holds(hash, signature));
            });
    return all;
  }

  private static boolean jca(
      Provider provider, ECPublicKeyParameters key, byte[] hash, byte[] signature)
      throws Exception {
    X509EncodedKeySpec info = new X509EncodedKeySpec(info(key));
    Signature check =
        provider == null
            ? Signature.getInstance("NONEwithECDSA")
            : Signature.getInstance("NONEwithECDSA", provider);
    check.initVerify(
        (provider == null ? KeyFactory.getInstance("EC") : KeyFactory.getInstance("EC", provider))
            .generatePublic(info));
    check.update(hash);
    return check.verify(signature);
  }

  private static byte[] info(ECPublicKeyParameters key) throws java.io.IOException {
    return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(key).getEncoded();
  }

  private static byte[] info(ASN1ObjectIdentifier curve, byte[] point) throws Exception {
    return new SubjectPublicKeyInfo(
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve), point)
        .getEncoded();
  }

  private static byte[] octets(BigInteger number, int length) {
    byte[] minimal = number.toByteArray();
    return Arrays.copyOfRange(minimal, minimal.length - length, minimal.length);
  }

  private static byte[] with(byte[] octets, int at, byte[] other) {
    byte[] changed = octets.clone();
    System.arraycopy(other, 0, changed, at, other.length);
    return changed;
  }

  private static byte[] flipped(byte[] octets, int at) {
    byte[] changed = octets.clone();
    changed[at] ^= 1;
    return changed;
  }
}
