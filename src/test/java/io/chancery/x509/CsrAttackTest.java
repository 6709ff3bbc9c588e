package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Failure;
import io.chancery.testing.Csrs;
import io.chancery.testing.Refusals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.DLSequence;
import org.bouncycastle.asn1.DLSet;
import org.bouncycastle.asn1.DLTaggedObject;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One bad request per broken clause; each is refused at its place with its clause. Hostile names
 * have a class of their own.
 */
class CsrAttackTest {
  private static final ASN1ObjectIdentifier EXTENSION_REQUEST =
      PKCSObjectIdentifiers.pkcs_9_at_extensionRequest;
  private static final DERSequence ONE_EXTENSION = extensions(san("a.internal.test"));

  @ParameterizedTest(name = "{0}")
  @MethodSource({"encodings", "structures", "attributes", "extensions"})
  void isRefused(String attack, byte[] request, String where, String clause) {
    Failure.Malformed refusal = Refusals.malformed(() -> Csr.parse(request));

    assertThat(refusal.detail()).contains(where);
    assertThat(refusal.clause()).contains(clause);
  }

  static Stream<Arguments> encodings() {
    byte[] good = Csrs.ec("CN=a").dns("a.internal.test").build().der();
    byte[] trailing = Arrays.copyOf(good, good.length + 1);
    byte[] twice = Arrays.copyOf(good, 2 * good.length);
    System.arraycopy(good, 0, twice, good.length, good.length);
    return Stream.of(
        attack("empty", new byte[0], "is empty", "X.690"),
        attack("one octet", new byte[] {0x30}, "octet 1", "X.690 s8.1.1"),
        attack("white space", "  \n".getBytes(StandardCharsets.US_ASCII), "octet", "X.690"),
        attack("truncated", Arrays.copyOf(good, good.length - 1), "cut off", "X.690 s8.1.3"),
        attack("trailing octet", trailing, "octet " + good.length, "X.690 s8.1.1"),
        attack("two requests", twice, "octet " + good.length, "X.690 s8.1.1"),
        attack("indefinite length", ber(good), "octet", "X.690 s10.1"),
        attack("padded length", paddedLength(good), "octet", "X.690 s10.1"),
        attack("no sequence", Csrs.encoded(new ASN1Integer(5)), "cannot be read", "RFC 2986"),
        attack("empty sequence", new byte[] {0x30, 0}, "0 parts", "RFC 2986 s4.2"));
  }

  static Stream<Arguments> structures() {
    Csrs csrs = Csrs.ec("CN=a");
    DERSequence good = csrs.request();
    DERSequence info = (DERSequence) good.getObjectAt(0);
    return Stream.of(
        attack("version 1", Csrs.ec("CN=a").version(1).build().der(), "version", "RFC 2986 s4.1"),
        attack(
            "version 256", Csrs.ec("CN=a").version(256).build().der(), "version", "RFC 2986 s4.1"),
        attack(
            "four parts",
            Csrs.encoded(with(good, DERNull.INSTANCE)),
            "4 parts, not 3",
            "RFC 2986 s4.2"),
        attack(
            "no attributes",
            Csrs.encoded(replace(good, 0, without(info, 3))),
            "certificationRequestInfo",
            "RFC 2986 s4.1"),
        attack(
            "attributes under [1]",
            Csrs.encoded(
                replace(good, 0, replace(info, 3, new DERTaggedObject(false, 1, new DERSet())))),
            "attributes",
            "RFC 2986 s4.1"),
        attack(
            "subject that is a number",
            Csrs.encoded(replace(good, 0, replace(info, 1, new ASN1Integer(1)))),
            "subject",
            "RFC 2986"),
        attack(
            "key that is a number",
            Csrs.encoded(replace(good, 0, replace(info, 2, new ASN1Integer(1)))),
            "public key",
            "RFC 2986"),
        attack(
            "signature that is an OCTET STRING",
            Csrs.encoded(replace(good, 2, new DEROctetString(new byte[8]))),
            "signature",
            "RFC 2986"));
  }

  static Stream<Arguments> attributes() {
    ASN1ObjectIdentifier unknown = new ASN1ObjectIdentifier("1.2.3.4");
    DERSequence twoNames = extensions(san("b.internal.test"));
    return Stream.of(
        attack(
            "extensionRequest twice",
            Csrs.ec("CN=a")
                .attribute(EXTENSION_REQUEST, ONE_EXTENSION)
                .attribute(EXTENSION_REQUEST, twoNames),
            "comes twice",
            "RFC 2986 s4.1"),
        attack(
            "extensionRequest with two values",
            Csrs.ec("CN=a").attribute(EXTENSION_REQUEST, ONE_EXTENSION, twoNames),
            "several values",
            "RFC 2985 s5.4.2"),
        attack(
            "extensionRequest without a value",
            Csrs.ec("CN=a").attribute(EXTENSION_REQUEST),
            "attributes",
            "RFC 2986 s4.1"),
        attack(
            "extensionRequest of a string",
            Csrs.ec("CN=a").attribute(EXTENSION_REQUEST, new DERUTF8String("x")),
            "attributes",
            "RFC 2986 s4.1"),
        attack(
            "challengePassword",
            Csrs.ec("CN=a")
                .attribute(
                    PKCSObjectIdentifiers.pkcs_9_at_challengePassword, new DERUTF8String("secret")),
            "challengePassword",
            "RFC 2986 s4.1"),
        attack(
            "unknown attribute",
            Csrs.ec("CN=a").attribute(unknown, DERNull.INSTANCE),
            "1.2.3.4",
            "RFC 2986 s4.1"),
        attack(
            "attribute of three parts",
            Csrs.ec("CN=a")
                .rawAttribute(
                    new DERSequence(
                        new ASN1Encodable[] {
                          EXTENSION_REQUEST, new DERSet(ONE_EXTENSION), DERNull.INSTANCE
                        })),
            "attributes",
            "RFC 2986 s4.1"),
        attack(
            "attribute of one part",
            Csrs.ec("CN=a").rawAttribute(new DERSequence(EXTENSION_REQUEST)),
            "attributes",
            "RFC 2986 s4.1"));
  }

  static Stream<Arguments> extensions() {
    DERSequence falseSpelledOut =
        new DERSequence(
            new ASN1Encodable[] {
              Extension.keyUsage, ASN1Boolean.FALSE, new DEROctetString(new byte[] {5, 0})
            });
    return Stream.of(
        attack(
            "two subjectAltNames",
            Csrs.ec("CN=a").dns("a.internal.test").rawExtension(san("b.internal.test")),
            "2.5.29.17 comes twice",
            "RFC 5280 s4.2"),
        attack(
            "an extension twice",
            Csrs.ec("CN=a")
                .extension(Extension.basicConstraints, true, new BasicConstraints(false))
                .extension(Extension.basicConstraints, true, new BasicConstraints(true)),
            "2.5.29.19 comes twice",
            "RFC 5280 s4.2"),
        attack(
            "no extensions in extensionRequest",
            Csrs.ec("CN=a").attribute(EXTENSION_REQUEST, new DERSequence()),
            "empty",
            "RFC 5280 s4.1"),
        attack(
            "critical FALSE spelled out",
            Csrs.ec("CN=a").rawExtension(falseSpelledOut),
            "critical FALSE",
            "X.690 s11.5"),
        attack(
            "extension of one part",
            Csrs.ec("CN=a").rawExtension(new DERSequence(Extension.keyUsage)),
            "requested extensions",
            "RFC 5280 s4.1"),
        attack(
            "value that is no DER",
            Csrs.ec("CN=a").rawExtension(new Extension(Extension.keyUsage, false, new byte[] {3})),
            "2.5.29.15",
            "X.690"),
        attack(
            "value with something behind it",
            Csrs.ec("CN=a")
                .rawExtension(new Extension(Extension.keyUsage, false, new byte[] {5, 0, 0})),
            "2.5.29.15",
            "X.690 s8.1.1"),
        attack(
            "deeply nested value",
            Csrs.ec("CN=a")
                .rawExtension(new Extension(Extension.keyUsage, false, CsrBombTest.nested(60))),
            "nested deeper",
            "nesting limit"));
  }

  @Test
  void unsortedAttributesAreNotDer() {
    ASN1EncodableVector unsorted = new ASN1EncodableVector();
    unsorted.add(
        new DERSequence(new ASN1Encodable[] {EXTENSION_REQUEST, new DERSet(ONE_EXTENSION)}));
    unsorted.add(
        new DERSequence(
            new ASN1Encodable[] {
              PKCSObjectIdentifiers.pkcs_9_at_unstructuredName, new DERSet(new DERIA5String("a"))
            }));
    byte[] request = withInfo(3, new DLTaggedObject(false, 0, new DLSet(unsorted)));

    assertThat(Refusals.malformed(() -> Csr.parse(request)))
        .isEqualTo(
            new Failure.Malformed(
                "certification request",
                "attributes",
                "are not in the order of DER",
                "X.690 s11.6"));
  }

  @Test
  void unsortedSubjectIsNotDer() {
    ASN1EncodableVector unsorted = new ASN1EncodableVector();
    unsorted.add(new AttributeTypeAndValue(BCStyle.OU, new DERUTF8String("b")));
    unsorted.add(new AttributeTypeAndValue(BCStyle.CN, new DERUTF8String("a")));
    byte[] request = withInfo(1, new DLSequence(new DLSet(unsorted)));

    assertThat(Refusals.malformed(() -> Csr.parse(request)))
        .isEqualTo(
            new Failure.Malformed(
                "certification request", "", "is not encoded in DER", "X.690 s11.6"));
  }

  /**
   * A good request with one part of its CertificationRequestInfo replaced, encoded as it stands.
   */
  private static byte[] withInfo(int index, ASN1Encodable part) {
    ASN1Encodable[] whole = Csrs.ec("CN=a").request().toArray();
    ASN1Encodable[] info = ((DERSequence) whole[0]).toArray();
    info[index] = part;
    whole[0] = new DLSequence(info);
    return bytes(new DLSequence(whole), "DL");
  }

  @Test
  void tooManyExtensionsAreNotRead() {
    Csrs csrs = Csrs.ec("CN=a");
    for (int i = 0; i < 33; i++) {
      csrs.extension(new ASN1ObjectIdentifier("1.2.3." + i), false, DERNull.INSTANCE);
    }

    assertThat(Refusals.of(() -> csrs.build().csr()))
        .isEqualTo(new Failure.TooLarge("requested extensions", 32, "extensions"));
  }

  private static Arguments attack(String name, Csrs csrs, String where, String clause) {
    return attack(name, csrs.build().der(), where, clause);
  }

  private static Arguments attack(String name, byte[] request, String where, String clause) {
    return Arguments.of(name, request, where, clause);
  }

  private static DERSequence extensions(ASN1Encodable... all) {
    return new DERSequence(all);
  }

  private static Extension san(String host) {
    GeneralNames names = new GeneralNames(new GeneralName(GeneralName.dNSName, host));
    return new Extension(Extension.subjectAlternativeName, false, Csrs.encoded(names));
  }

  private static DERSequence replace(DERSequence sequence, int index, ASN1Encodable other) {
    ASN1Encodable[] parts = sequence.toArray();
    parts[index] = other;
    return new DERSequence(parts);
  }

  private static DERSequence without(DERSequence sequence, int index) {
    ASN1EncodableVector parts = new ASN1EncodableVector();
    for (int i = 0; i < sequence.size(); i++) {
      if (i != index) {
        parts.add(sequence.getObjectAt(i));
      }
    }
    return new DERSequence(parts);
  }

  private static DERSequence with(DERSequence sequence, ASN1Encodable last) {
    ASN1EncodableVector parts = new ASN1EncodableVector();
    sequence.forEach(parts::add);
    parts.add(last);
    return new DERSequence(parts);
  }

  private static byte[] ber(byte[] der) {
    return bytes(new BERSequence(DERSequence.getInstance(der).toArray()), "BER");
  }

  private static byte[] bytes(ASN1Encodable value, String rules) {
    try {
      return value.toASN1Primitive().getEncoded(rules);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The outermost length in one octet more than it needs. */
  private static byte[] paddedLength(byte[] der) {
    int lengthOctets = der[1] & 0x7f;
    byte[] padded = new byte[der.length + 1];
    padded[0] = der[0];
    padded[1] = (byte) (der[1] + 1);
    System.arraycopy(der, 2, padded, 3, der.length - 2);
    assertThat(lengthOctets).isPositive();
    return padded;
  }
}
