package io.chancery.scenario;

import io.chancery.testing.Csrs;
import io.chancery.x509.KeyAlgorithm;
import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Requests that must never become certificates, by what is wrong with them. */
final class HostileRequests {
  /** Stands in names after a line end; a log that holds it at a line's beginning was fooled. */
  static final String MARK = "INJECTED-LINE";

  private static final String GOOD = "victim.internal.test";
  private static final ASN1ObjectIdentifier P192 = X9ObjectIdentifiers.prime192v1;
  private static final ASN1ObjectIdentifier P256 = SECObjectIdentifiers.secp256r1;
  private static final BigInteger F4 = BigInteger.valueOf(65537);

  private HostileRequests() {}

  /** Broken as requests: 400. */
  static Map<String, byte[]> malformed() throws Exception {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.putAll(encodings());
    names().forEach((what, csrs) -> all.put(what, csrs.build().der()));
    keys().forEach((what, csrs) -> all.put(what, csrs.build().der()));
    return all;
  }

  /** Whole requests for more than any profile gives: 422. */
  static Map<String, byte[]> greedy() {
    Map<String, Csrs> all = new LinkedHashMap<>();
    all.put(
        "CA:TRUE", good().extension(Extension.basicConstraints, true, new BasicConstraints(true)));
    all.put(
        "keyCertSign",
        good().extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign)));
    all.put("OCSPSigning", usage(KeyPurposeId.id_kp_OCSPSigning));
    all.put("anyExtendedKeyUsage", usage(KeyPurposeId.anyExtendedKeyUsage));
    all.put("a name of others", Csrs.ec("").dns("bank.example"));
    all.put("a common name of others", Csrs.ec("CN=bank.example").dns(GOOD));
    all.put("a wildcard", Csrs.ec("").dns("*.internal.test"));
    all.put("an organization in the subject", Csrs.ec("O=Bank").dns(GOOD));
    Map<String, byte[]> octets = new LinkedHashMap<>();
    all.forEach((what, csrs) -> octets.put(what, csrs.build().der()));
    return octets;
  }

  /** Larger than the limit: 413. */
  static byte[] tooLarge() {
    return Csrs.ec("").dns(GOOD, "a".repeat(66_000)).build().der();
  }

  private static Map<String, byte[]> encodings() {
    byte[] good = good().build().der();
    byte[] deep = new byte[16_000];
    Arrays.fill(deep, (byte) 0x30);
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("truncated", Arrays.copyOf(good, good.length - 7));
    all.put("cut in half", Arrays.copyOf(good, good.length / 2));
    all.put("trailing octet", Arrays.copyOf(good, good.length + 1));
    all.put("deeply nested", deep);
    all.put("one octet", new byte[] {0x30});
    all.put("empty sequence", new byte[] {0x30, 0});
    all.put("indefinite length", new byte[] {0x30, (byte) 0x80, 0, 0});
    all.put("a length of 4 GB", new byte[] {0x30, (byte) 0x84, -1, -1, -1, -1});
    return all;
  }

  private static Map<String, Csrs> names() {
    Map<String, Csrs> all = new LinkedHashMap<>();
    GeneralNames other = new GeneralNames(new GeneralName(GeneralName.dNSName, "b.internal.test"));
    all.put("two SAN extensions", good().extension(Extension.subjectAlternativeName, false, other));
    all.put("UPN otherName", good().name(upn()));
    all.put("NUL in a name", Csrs.ec("").dns(GOOD + "\0.evil.test"));
    all.put("line end in a name", Csrs.ec("").dns("a\r\n" + MARK + ".internal.test"));
    all.put("line end in the common name", cn("a\r\n" + MARK));
    all.put("direction mark in the common name", cn("\u202etset.lanretni"));
    all.put("NUL in the common name", cn("a\0b"));
    // As PEM still below the limit of the request.
    all.put("45 KB name", Csrs.ec("").dns("a".repeat(45_000)));
    all.put("45 KB common name", cn("a".repeat(45_000)));
    all.put("wildcard in the middle", Csrs.ec("").dns("a.*.internal.test"));
    all.put("address in a dNSName", Csrs.ec("").dns("127.0.0.1"));
    all.put("attribute that is not issued", Csrs.ec("CN=a,UID=root").dns(GOOD));
    return all;
  }

  private static Map<String, Csrs> keys() throws Exception {
    byte[] off = point(P256);
    off[off.length - 1] ^= 1;
    Map<String, Csrs> all = new LinkedHashMap<>();
    all.put("RSA with e=1", rsa(2048, BigInteger.ONE));
    all.put("RSA with e=3", rsa(2048, BigInteger.valueOf(3)));
    all.put("RSA of 1024 bits", rsa(1024, F4));
    all.put("RSA of 2047 bits", rsa(2047, F4));
    all.put("P-192", ec(P192, point(P192)));
    all.put("explicit curve", ec(SECNamedCurves.getByOID(P256), point(P256)));
    all.put("point off the curve", ec(P256, off));
    all.put("ML-DSA", mlDsa());
    all.put("signature r=s=0", good().signature(new byte[] {0x30, 6, 2, 1, 0, 2, 1, 0}));
    all.put("empty signature", good().signature(new byte[0]));
    all.put("MD5", rsa2048().signedWith("MD5withRSA"));
    all.put("SHA-1 with RSA", rsa2048().signedWith("SHA1withRSA"));
    all.put("SHA-1 with ECDSA", good().signedWith("SHA1withECDSA"));
    all.put(
        "another's key",
        good()
            .key(
                SubjectPublicKeyInfo.getInstance(
                    Csrs.pair(KeyAlgorithm.EC_P256).getPublic().getEncoded())));
    return all;
  }

  static Csrs good() {
    return Csrs.ec("").dns(GOOD);
  }

  private static Csrs rsa2048() {
    return Csrs.rsa(2048, "").dns(GOOD);
  }

  private static Csrs usage(KeyPurposeId purpose) {
    return good().extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
  }

  private static Csrs cn(String text) {
    return good()
        .subject(
            new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, new DERUTF8String(text))
                .build());
  }

  /** Microsoft's user principal name: an otherName that domain controllers log people in by. */
  private static GeneralName upn() {
    return new GeneralName(
        GeneralName.otherName,
        new DERSequence(
            new ASN1Encodable[] {
              new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.3"),
              new DERTaggedObject(true, 0, new DERUTF8String("administrator@internal.test"))
            }));
  }

  private static Csrs rsa(int bits, BigInteger exponent) {
    BigInteger modulus = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.valueOf(159));
    return good().key(key(PKCSObjectIdentifiers.rsaEncryption, modulus, exponent));
  }

  private static SubjectPublicKeyInfo key(
      ASN1ObjectIdentifier algorithm, BigInteger modulus, BigInteger exponent) {
    return info(
        new AlgorithmIdentifier(algorithm, DERNull.INSTANCE),
        Csrs.encoded(new RSAPublicKey(modulus, exponent)));
  }

  private static Csrs ec(ASN1Encodable parameters, byte[] point) {
    return good()
        .key(info(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, parameters), point));
  }

  private static Csrs mlDsa() throws Exception {
    return Csrs.of(KeyPairGenerator.getInstance("ML-DSA-65").generateKeyPair(), "")
        .dns(GOOD)
        .signedWith("ML-DSA-65");
  }

  private static byte[] point(ASN1ObjectIdentifier curve) {
    return SECNamedCurves.getByOID(curve).getG().getEncoded(false);
  }

  private static SubjectPublicKeyInfo info(AlgorithmIdentifier algorithm, byte[] key) {
    return new SubjectPublicKeyInfo(algorithm, key);
  }
}
