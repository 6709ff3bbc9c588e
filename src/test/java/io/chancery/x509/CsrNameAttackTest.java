package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Failure;
import io.chancery.testing.Csrs;
import io.chancery.testing.Refusals;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile names in requests, as subject and as subjectAltName; each is refused with its clause. */
class CsrNameAttackTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource({"names", "subjects"})
  void isRefused(String attack, Csrs request, String where, String clause) {
    Failure.Malformed refusal = Refusals.malformed(() -> request.build().csr());

    assertThat(refusal.detail()).contains(where);
    assertThat(refusal.clause()).contains(clause);
  }

  static Stream<Arguments> names() {
    return Stream.of(
        attack("UPN", Csrs.ec("CN=a").name(upn()), "otherName", "RFC 5280 s4.2.1.6"),
        attack(
            "directoryName",
            Csrs.ec("CN=a").name(new GeneralName(new X500Name("CN=admin"))),
            "directoryName",
            "RFC 5280 s4.2.1.6"),
        attack(
            "registeredID",
            Csrs.ec("CN=a").name(new GeneralName(GeneralName.registeredID, "1.2.3")),
            "registeredID",
            "RFC 5280 s4.2.1.6"),
        attack("no names", Csrs.ec("").rawExtension(emptySan()), "empty", "RFC 5280 s4.2.1.6"),
        attack("NUL", Csrs.ec("").dns("a.test\0.evil.test"), "\\u0000", "RFC 5280 s4.2.1.6"),
        attack("line end", Csrs.ec("").dns("a.test\r\nb.test"), "\\u000d\\u000a", "RFC 5280"),
        attack("octets past ASCII", Csrs.ec("").dns("\u00e4.test"), "\\u00e4", "RFC 5280 s4.2.1.6"),
        attack("empty name", Csrs.ec("").dns(""), "1 to 253", "RFC 1035 s2.3.4"),
        attack("60 KB name", Csrs.ec("").dns("a".repeat(60_000)), "cut, 60000", "RFC 1035 s2.3.4"),
        attack("inner wildcard", Csrs.ec("").dns("a.*.test"), "wildcard", "RFC 6125 s6.4.3"),
        attack("partial wildcard", Csrs.ec("").dns("a*.b.test"), "wildcard", "RFC 6125 s6.4.3"),
        attack("wildcard alone", Csrs.ec("").dns("*"), "wildcard", "RFC 6125 s6.4.3"),
        attack("wildcard domain", Csrs.ec("").dns("*.test"), "wildcard", "RFC 6125 s6.4.3"),
        attack("address as a name", Csrs.ec("").dns("10.0.0.1"), "address", "RFC 3696 s2"),
        attack("underscore", Csrs.ec("").dns("a_b.test"), "label 1", "RFC 1034 s3.5"),
        attack("trailing dot", Csrs.ec("").dns("a.test."), "label 3", "RFC 1034 s3.5"),
        attack("no punycode", Csrs.ec("").dns("xn--a.test"), "label 1", "RFC 5890"),
        attack("mask", Csrs.ec("").name(ip(new byte[8])), "8 octets", "RFC 5280 s4.2.1.6"),
        attack("mapped IPv4", Csrs.ec("").name(ip(mapped())), "IPv4-mapped", "RFC 4291 s2.5.5.2"),
        attack("relative URI", Csrs.ec("").uri("/etc"), "absolute", "RFC 5280 s4.2.1.6"),
        attack("URI with ..", Csrs.ec("").uri("spiffe://t/a/../b"), "dot segment", "RFC 3986"),
        attack("mail without host", Csrs.ec("").email("root"), "mailbox", "RFC 5321 s4.1.2"),
        attack("mail as DN", Csrs.ec("").email("A <a@b.test>"), "mailbox", "RFC 5321 s4.1.2"));
  }

  static Stream<Arguments> subjects() {
    String clause = "RFC 5280 s4.1.2.6";
    return Stream.of(
        attack("NUL in CN", cn(new DERUTF8String("a\0b")), "\\u0000", clause),
        attack("line end in CN", cn(new DERUTF8String("a\nCN=admin")), "\\u000a", clause),
        attack("direction mark", cn(new DERUTF8String("\u202etset.a")), "\\u202e", clause),
        attack("zero width", cn(new DERUTF8String("a\u200bb")), "\\u200b", clause),
        attack("60 KB CN", cn(new DERUTF8String("a".repeat(60_000))), "1 to 64", "A.1"),
        attack("empty CN", cn(new DERUTF8String("")), "1 to 64", "A.1"),
        attack("BMPString", cn(new DERBMPString("a")), "UTF8String", "RFC 5280 s4.1.2.4"),
        attack("TeletexString", cn(new DERT61String("a")), "UTF8String", "RFC 5280 s4.1.2.4"),
        attack("IA5String", cn(new DERIA5String("a")), "UTF8String", "RFC 5280 s4.1.2.4"),
        attack("number", cn(new ASN1Integer(5)), "UTF8String", "RFC 5280 s4.1.2.4"),
        attack("@ in PrintableString", cn(new DERPrintableString("a@b")), "hold", "X.680 s41.4"),
        attack(
            "country in UTF8",
            attribute(BCStyle.C, new DERUTF8String("NL")),
            "PrintableString",
            "A.1"),
        attack(
            "country by name",
            attribute(BCStyle.C, new DERPrintableString("Netherlands")),
            "1 to 2",
            "A.1"),
        attack("emailAddress", Csrs.ec("CN=a,E=a@b.test"), "subjectAltName", clause),
        attack("unknown type", Csrs.ec("CN=a,UID=7"), "0.9.2342.19200300.100.1.1", clause),
        attack("two values in one RDN", Csrs.ec("CN=a+OU=b"), "RDN 1", "RFC 5280 s4.1.2.4"),
        attack("two common names", Csrs.ec("CN=a,CN=b"), "second", "RFC 5280 s4.1.2.4"),
        attack(
            "RDN without values",
            Csrs.ec("").subject(X500Name.getInstance(new DERSequence(new DERSet()))),
            "RDN 1",
            "RFC 5280 s4.1.2.4"));
  }

  private static Arguments attack(String name, Csrs csrs, String where, String clause) {
    return Arguments.of(name, csrs, where, clause);
  }

  private static Csrs cn(ASN1Encodable value) {
    return attribute(BCStyle.CN, value);
  }

  private static Csrs attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
    return Csrs.ec("").subject(new X500NameBuilder(BCStyle.INSTANCE).addRDN(type, value).build());
  }

  private static Extension emptySan() {
    return new Extension(Extension.subjectAlternativeName, false, new byte[] {0x30, 0});
  }

  private static GeneralName upn() {
    ASN1Encodable[] parts = {
      new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.3"),
      new DERTaggedObject(true, 0, new DERUTF8String("administrator@bank.test"))
    };
    return new GeneralName(GeneralName.otherName, new DERSequence(parts));
  }

  private static GeneralName ip(byte[] octets) {
    return new GeneralName(GeneralName.iPAddress, new DEROctetString(octets));
  }

  private static byte[] mapped() {
    return new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 1};
  }
}
