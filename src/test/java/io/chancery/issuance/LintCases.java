package io.chancery.issuance;

import static io.chancery.issuance.LintCase.authority;
import static io.chancery.issuance.LintCase.server;

import io.chancery.issuance.LintCase.Base;
import io.chancery.issuance.der.Tbs;
import io.chancery.x509.SignatureAlgorithm;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** The ways to break each rule. */
final class LintCases {
  private static final AlgorithmIdentifier SHA1_RSA =
      new AlgorithmIdentifier(PKCSObjectIdentifiers.sha1WithRSAEncryption, DERNull.INSTANCE);

  private LintCases() {}

  static List<LintCase> body() {
    return List.of(
        server("version-3", k -> k.version = 1),
        server("serial-positive-20-octets", k -> k.serial = integer(BigInteger.TWO.pow(160))),
        server(
            "serial-positive-20-octets", k -> k.serial = integer(BigInteger.TWO.pow(70).negate())),
        server("serial-entropy", k -> k.serial = integer(BigInteger.TWO.pow(62))),
        server("signature-algorithm-same", k -> k.outer = SHA1_RSA),
        server("signature-algorithm-strong", k -> k.inner = k.outer = SHA1_RSA),
        server(
            "signature-algorithm-strong",
            k -> k.inner = k.outer = SignatureAlgorithm.ECDSA_SHA384.identifier()),
        server(
            "signature-algorithm-strong",
            k ->
                k.inner =
                    k.outer =
                        new AlgorithmIdentifier(
                            X9ObjectIdentifiers.ecdsa_with_SHA256, DERNull.INSTANCE)),
        server(
            "issuer-name-same", k -> k.issuer = new X500Name("CN=Example Issuing,O=Example Bank")),
        server("issuer-name-same", k -> k.issuer = new DERSequence()),
        server("validity-order", k -> k.notBefore = new DERUTCTime("310102030405Z")),
        server("validity-within-issuer", k -> k.notBefore = new DERUTCTime("290101000000Z")),
        server("validity-within-issuer", k -> k.notAfter = new DERUTCTime("450101000000Z")),
        server("validity-time-type", k -> k.notAfter = new DERGeneralizedTime("20300301000000Z")),
        server("validity-time-form", k -> k.notAfter = new DERUTCTime("3003010000Z")),
        server("validity-time-form", k -> k.notAfter = new DERUTCTime("300301000000+0100")),
        server("key-strength", k -> k.key(rsa(1024, 65537))),
        server("key-strength", k -> k.key(rsa(2048, 3))),
        server("key-strength", k -> k.key(rsa(8200, 65537))),
        server("key-strength", k -> k.key(ec(SECObjectIdentifiers.secp192r1, new byte[49]))),
        server(
            "key-strength",
            k ->
                k.key(
                    new SubjectPublicKeyInfo(
                        new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed448), new byte[57]))),
        server("key-encoding", k -> k.key(rsaWithoutNull())),
        server(
            "key-encoding", k -> k.key(ec(SECObjectIdentifiers.secp256r1, new byte[] {2, 1, 2}))),
        server(
            "key-encoding",
            k ->
                k.key(
                    new SubjectPublicKeyInfo(
                        new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519, DERNull.INSTANCE),
                        new byte[32]))),
        server("der-canonical", k -> k.writeFalse(Extension.subjectKeyIdentifier)));
  }

  static List<LintCase> names() {
    return List.of(
        server("subject-bounds", k -> k.subject = name(BCStyle.CN, "x".repeat(65))),
        server("subject-bounds", k -> k.subject = name(BCStyle.UnstructuredName, "x")),
        server("subject-bounds", k -> k.subject = twoInOne()),
        server("subject-string-types", k -> k.subject = rdn(BCStyle.C, new DERUTF8String("CH"))),
        server("subject-string-types", k -> k.subject = rdn(BCStyle.O, new DERT61String("Bank"))),
        server("subject-or-critical-san", k -> k.subject = new DERSequence()),
        server(
            "san-not-critical-beside-subject",
            k -> k.turnCritical(Extension.subjectAlternativeName)),
        server("san-present", k -> k.drop(Extension.subjectAlternativeName)),
        server("san-present", k -> k.set(Extension.subjectAlternativeName, new DERSequence())),
        server("san-no-duplicates", san(dns("a.internal.test"), dns("A.internal.test"))),
        server("san-kinds", san(new GeneralName(GeneralName.registeredID, "1.2.3.4"))),
        server("dns-syntax", san(dns("a b.internal.test"))),
        server("dns-syntax", san(dns("-a.internal.test"))),
        server("dns-syntax", san(dns("a..internal.test"))),
        server("dns-syntax", san(dns("x".repeat(64) + ".internal.test"))),
        server("dns-syntax", san(dns("a\u0000.internal.test"))),
        server("dns-wildcard-leftmost", san(dns("a.*.internal.test"))),
        server("dns-wildcard-leftmost", san(dns("w*.internal.test"))),
        server("dns-wildcard-leftmost", san(dns("*.example"))),
        server("dns-not-address", san(dns("10.1.2.3"))),
        server("ip-octets", san(ip(new byte[8]))),
        server("uri-absolute", san(uri("/relative"))),
        server("uri-absolute", san(uri("http://a b/"))),
        server("email-ascii", san(email("<a@internal.test>"))),
        server("email-ascii", san(email("a"))),
        server("name-constraints-hold", san(dns("a.excluded.test"))),
        server("name-constraints-hold", san(ip(new byte[] {(byte) 192, 0, 2, 7}))));
  }

  static List<LintCase> extensions() {
    return List.of(
        server("extensions-once", k -> k.twice(Extension.subjectKeyIdentifier)),
        server(
            "extensions-known",
            k -> k.set(new ASN1ObjectIdentifier("1.2.3.4.5"), DERNull.INSTANCE, true)),
        server("extensions-not-critical", k -> k.turnCritical(Extension.authorityKeyIdentifier)),
        server("extensions-not-critical", k -> k.turnCritical(Extension.authorityInfoAccess)),
        server("aki-names-issuer", k -> k.drop(Extension.authorityKeyIdentifier)),
        server(
            "aki-names-issuer",
            k -> k.set(Extension.authorityKeyIdentifier, new AuthorityKeyIdentifier(new byte[20]))),
        server("ski-right", k -> k.drop(Extension.subjectKeyIdentifier)),
        server(
            "ski-right",
            k -> k.set(Extension.subjectKeyIdentifier, new SubjectKeyIdentifier(new byte[20]))),
        server("key-usage-present", k -> k.drop(Extension.keyUsage)),
        server("key-usage-present", k -> k.turnCritical(Extension.keyUsage)),
        server("key-usage-present", k -> k.set(Extension.keyUsage, new KeyUsage(0), true)),
        server(
            "key-usage-present",
            k -> k.set(Extension.keyUsage, new DERBitString(new byte[] {(byte) 0x80}, 0), true)),
        server("key-usage-fits-key", usage(KeyUsage.keyEncipherment)),
        server("key-usage-fits-key", usage(KeyUsage.dataEncipherment)),
        server("key-usage-not-of-authority", usage(KeyUsage.keyCertSign)),
        server("key-usage-not-of-authority", usage(KeyUsage.cRLSign)),
        server("basic-constraints-end-entity", k -> k.drop(Extension.basicConstraints)),
        server(
            "basic-constraints-end-entity",
            k -> k.set(Extension.basicConstraints, new BasicConstraints(true), true)),
        server("basic-constraints-end-entity", k -> k.turnCritical(Extension.basicConstraints)),
        server("eku-present", k -> k.drop(Extension.extendedKeyUsage)),
        server(
            "eku-present", purposes(KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_clientAuth)),
        server(
            "eku-not-any",
            purposes(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.anyExtendedKeyUsage)),
        server("eku-ocsp-alone", purposes(KeyPurposeId.id_kp_OCSPSigning)),
        server(
            "eku-ocsp-alone",
            k -> k.set(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, DERNull.INSTANCE)),
        new LintCase(
            "eku-ocsp-alone",
            Base.RESPONDER,
            purposes(KeyPurposeId.id_kp_OCSPSigning, KeyPurposeId.id_kp_clientAuth)),
        server("cdp-address", crl("ldap://status.internal.test/cn=crl")),
        server("cdp-address", crl("http://elsewhere.test/crl/issuing.crl")),
        server(
            "cdp-address",
            k ->
                k.set(
                    Extension.cRLDistributionPoints,
                    new CRLDistPoint(
                        new DistributionPoint[] {
                          new DistributionPoint(
                              fullName("http://status.internal.test:8080/crl/issuing.crl"),
                              new ReasonFlags(ReasonFlags.keyCompromise),
                              null)
                        }))),
        server("cdp-address", crl("http://status.internal.test:8080/crl/issuing/7.crl")),
        server("cdp-address", shard("http://status.internal.test:8080/crl/issuing/07.crl")),
        server("cdp-address", shard("http://status.internal.test:8080/crl/other/7.crl")),
        server(
            "freshest-address",
            k ->
                k.set(
                    Extension.freshestCRL,
                    point("http://status.internal.test:8080/crl/issuing.crl"))),
        new LintCase("cdp-address", Base.SERVER, k -> k.drop(Extension.cRLDistributionPoints)),
        server("aia-address", k -> k.drop(Extension.authorityInfoAccess)),
        server("aia-address", access("http://status.internal.test:8080/issuers/other.cer")),
        server("aia-address", access("http://status.internal.test:8080/issuers/issuing.cer")),
        new LintCase(
            "no-rev-avail-alone",
            Base.SHORT_LIVED,
            crl("http://status.internal.test:8080/crl/issuing.crl").andThen(LintCases::fullAccess)),
        new LintCase("no-rev-avail-alone", Base.SHORT_LIVED, LintCases::fullAccess));
  }

  static List<LintCase> authorities() {
    return List.of(
        authority("ca-basic-constraints", k -> k.turnCritical(Extension.basicConstraints)),
        authority(
            "ca-path-length",
            k -> k.set(Extension.basicConstraints, new BasicConstraints(1), true)),
        authority(
            "ca-path-length",
            k -> k.set(Extension.basicConstraints, new BasicConstraints(true), true)),
        authority("ca-key-usage", usage(KeyUsage.keyCertSign)),
        authority(
            "ca-key-usage", usage(KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.keyAgreement)),
        authority("ca-subject-named", k -> k.subject = new DERSequence()),
        authority("ca-name-constraints", k -> k.turnCritical(Extension.nameConstraints)),
        authority(
            "ca-name-constraints", k -> k.set(Extension.nameConstraints, new DERSequence(), true)),
        authority("ca-no-rev-avail", k -> k.set(Extension.noRevAvail, DERNull.INSTANCE)));
  }

  private static void fullAccess(Knobs knobs) {
    access(
            "http://status.internal.test:8080/issuers/issuing.cer",
            "http://status.internal.test:8080/ocsp")
        .accept(knobs);
  }

  private static ASN1Integer integer(BigInteger value) {
    return new ASN1Integer(value);
  }

  private static X500Name name(ASN1ObjectIdentifier type, String value) {
    return rdn(type, new DERUTF8String(value));
  }

  private static X500Name rdn(ASN1ObjectIdentifier type, ASN1Encodable value) {
    return new X500Name(new RDN[] {new RDN(type, value)});
  }

  private static X500Name twoInOne() {
    return new X500Name(
        new RDN[] {
          new RDN(
              new AttributeTypeAndValue[] {
                new AttributeTypeAndValue(BCStyle.CN, new DERUTF8String("a")),
                new AttributeTypeAndValue(BCStyle.O, new DERUTF8String("b"))
              })
        });
  }

  private static SubjectPublicKeyInfo rsa(int bits, int exponent) {
    BigInteger modulus = BigInteger.TWO.pow(bits).subtract(BigInteger.ONE);
    return info(
        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
        new RSAPublicKey(modulus, BigInteger.valueOf(exponent)));
  }

  private static SubjectPublicKeyInfo rsaWithoutNull() {
    return info(
        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption),
        new RSAPublicKey(
            BigInteger.TWO.pow(2048).subtract(BigInteger.ONE), BigInteger.valueOf(65537)));
  }

  private static SubjectPublicKeyInfo info(AlgorithmIdentifier algorithm, ASN1Encodable key) {
    return new SubjectPublicKeyInfo(algorithm, Tbs.encode(key).octets());
  }

  private static SubjectPublicKeyInfo ec(ASN1ObjectIdentifier curve, byte[] point) {
    byte[] encoded = point.clone();
    encoded[0] = encoded[0] == 0 ? 4 : encoded[0];
    return new SubjectPublicKeyInfo(
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve), encoded);
  }

  private static Consumer<Knobs> san(GeneralName... names) {
    return k -> k.set(Extension.subjectAlternativeName, new GeneralNames(names));
  }

  private static GeneralName dns(String name) {
    return new GeneralName(GeneralName.dNSName, new DERIA5String(name));
  }

  private static GeneralName uri(String name) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, new DERIA5String(name));
  }

  private static GeneralName email(String name) {
    return new GeneralName(GeneralName.rfc822Name, new DERIA5String(name));
  }

  private static GeneralName ip(byte[] octets) {
    return new GeneralName(GeneralName.iPAddress, new DEROctetString(octets));
  }

  private static Consumer<Knobs> usage(int bits) {
    return k -> k.set(Extension.keyUsage, new KeyUsage(bits), true);
  }

  private static Consumer<Knobs> purposes(KeyPurposeId... purposes) {
    return k -> k.set(Extension.extendedKeyUsage, new ExtendedKeyUsage(purposes));
  }

  private static DistributionPointName fullName(String address) {
    return new DistributionPointName(new GeneralNames(uri(address)));
  }

  private static Consumer<Knobs> crl(String address) {
    return k -> k.set(Extension.cRLDistributionPoints, point(address));
  }

  private static Consumer<Knobs> shard(String address) {
    return crl(address).andThen(k -> k.drop(Extension.freshestCRL));
  }

  private static CRLDistPoint point(String address) {
    return new CRLDistPoint(
        new DistributionPoint[] {new DistributionPoint(fullName(address), null, null)});
  }

  /** The first address is the issuer's, the second, where there is one, the responder's. */
  private static Consumer<Knobs> access(String... addresses) {
    AccessDescription[] all = new AccessDescription[addresses.length];
    for (int i = 0; i < all.length; i++) {
      all[i] =
          new AccessDescription(
              i == 0 ? AccessDescription.id_ad_caIssuers : AccessDescription.id_ad_ocsp,
              uri(addresses[i]));
    }
    return k -> k.set(Extension.authorityInfoAccess, new AuthorityInformationAccess(all));
  }
}
