package io.chancery.x509;

import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * The parts of a CertificationRequest (RFC 2986 s4), each of the right type and nothing more is
 * known of them. {@code signed} is the encoded CertificationRequestInfo.
 */
record CsrSyntax(
    Der signed,
    X500Name subject,
    SubjectPublicKeyInfo key,
    ASN1Set attributes,
    AlgorithmIdentifier algorithm,
    Der signature) {

  static CsrSyntax read(byte[] der) {
    DerStructure.check(Place.REQUEST, der);
    return Place.REQUEST.read("RFC 2986 s4.2", () -> read(der, ASN1Sequence.getInstance(der)));
  }

  Der keyInfo() {
    return part("public key", () -> Der.of(key.getEncoded(ASN1Encoding.DER)));
  }

  private static CsrSyntax read(byte[] der, ASN1Sequence request) throws IOException {
    // The walker does not look into everything, such as the order of a SET: these must be the only
    // octets that DER has for this value, or two spellings of one request would exist.
    if (!Arrays.equals(der, request.getEncoded(ASN1Encoding.DER))) {
      throw Place.REQUEST.malformed("is not encoded in DER", "X.690 s11.6");
    }
    // RFC 2986 s4.2: certificationRequestInfo, signatureAlgorithm, signature.
    mustHave(3, request, Place.REQUEST, "RFC 2986 s4.2");
    ASN1Sequence info =
        Place.REQUEST.read("RFC 2986 s4.1", () -> ASN1Sequence.getInstance(request.getObjectAt(0)));
    // RFC 2986 s4.1: version, subject, subjectPKInfo, attributes [0]; the last is not optional.
    mustHave(4, info, Place.REQUEST.at("certificationRequestInfo"), "RFC 2986 s4.1");
    checkVersion(info);
    return new CsrSyntax(
        Der.of(info.getEncoded(ASN1Encoding.DER)),
        part("subject", () -> X500Name.getInstance(info.getObjectAt(1))),
        part("public key", () -> SubjectPublicKeyInfo.getInstance(info.getObjectAt(2))),
        part("attributes", () -> attributes(ASN1TaggedObject.getInstance(info.getObjectAt(3)))),
        part("signature", () -> AlgorithmIdentifier.getInstance(request.getObjectAt(1))),
        part(
            "signature",
            () -> Der.of(ASN1BitString.getInstance(request.getObjectAt(2)).getOctets())));
  }

  private static <T> T part(String name, Place.Reading<T> reading) {
    return Place.REQUEST.at(name).read("RFC 2986 s4", reading);
  }

  private static void mustHave(int parts, ASN1Sequence sequence, Place place, String clause) {
    if (sequence.size() != parts) {
      throw place.malformed("has " + sequence.size() + " parts, not " + parts, clause);
    }
  }

  private static void checkVersion(ASN1Sequence info) {
    // RFC 2986 s4.1: the version is 0.
    if (!(info.getObjectAt(0) instanceof ASN1Integer version) || !version.hasValue(0)) {
      throw Place.REQUEST.at("version").malformed("is not 0", "RFC 2986 s4.1");
    }
  }

  private static ASN1Set attributes(ASN1TaggedObject tagged) throws IOException {
    Place place = Place.REQUEST.at("attributes");
    if (!tagged.hasContextTag(0)) {
      throw place.malformed("do not carry the tag [0]", "RFC 2986 s4.1");
    }
    ASN1Set attributes = ASN1Set.getInstance(tagged, false);
    // The tag hides from a decoder of the whole that this is a SET, whose members DER sorts.
    byte[] sorted = new DERTaggedObject(false, 0, attributes).getEncoded(ASN1Encoding.DER);
    if (!Arrays.equals(sorted, tagged.getEncoded(ASN1Encoding.DER))) {
      throw place.malformed("are not in the order of DER", "X.690 s11.6");
    }
    return attributes;
  }
}
