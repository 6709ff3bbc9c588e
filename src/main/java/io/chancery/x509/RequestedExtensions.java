package io.chancery.x509;

import io.chancery.Failure;
import io.chancery.x509.Csr.RequestedExtension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * What a request's attributes ask for: the names, and the other extensions. A name given twice
 * counts once: the certificate's names are a set.
 */
record RequestedExtensions(List<SubjectAltName> names, List<RequestedExtension> others) {
  private static final Place ATTRIBUTES = Place.REQUEST.at("attributes");
  private static final Place EXTENSIONS = Place.REQUEST.at("requested extensions");
  private static final Place SUBJECT_ALT_NAME = Place.REQUEST.at("subjectAltName");
  private static final int MOST_NAMES = 100;
  private static final int MOST_EXTENSIONS = 32;

  /**
   * Attributes that say nothing about the certificate and come from common tools: unstructuredName,
   * and Windows' version, client and CSP. They are left out of everything that follows. A
   * challengePassword is not among them: it is a secret, the request is kept, so it is refused.
   */
  private static final Set<String> WITHOUT_MEANING =
      Set.of(
          "1.2.840.113549.1.9.2",
          "1.3.6.1.4.1.311.13.2.2",
          "1.3.6.1.4.1.311.13.2.3",
          "1.3.6.1.4.1.311.21.20");

  static RequestedExtensions read(ASN1Set attributes) {
    return ATTRIBUTES.read("RFC 2986 s4.1", () -> ofAttributes(attributes));
  }

  private static RequestedExtensions ofAttributes(ASN1Set attributes) throws IOException {
    RequestedExtensions asked = new RequestedExtensions(List.of(), List.of());
    Set<ASN1ObjectIdentifier> seen = new HashSet<>();
    for (ASN1Encodable one : attributes) {
      ASN1Sequence attribute = ASN1Sequence.getInstance(one);
      var type = ASN1ObjectIdentifier.getInstance(attribute.getObjectAt(0));
      ASN1Set values = ASN1Set.getInstance(attribute.getObjectAt(1));
      if (attribute.size() != 2 || values.size() == 0) {
        throw ATTRIBUTES.malformed("an attribute is no type with values", "RFC 2986 s4.1");
      }
      // X.501 s8.2: a type occurs once; BouncyCastle would merge two, others take one of them.
      if (!seen.add(type)) {
        throw ATTRIBUTES.malformed(OidText.of(type) + " comes twice", "RFC 2986 s4.1, X.501 s8.2");
      }
      if (type.equals(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest)) {
        asked = ofExtensionRequest(values);
      } else if (!WITHOUT_MEANING.contains(type.getId())) {
        throw ATTRIBUTES.malformed(
            OidText.of(type) + " is not accepted; extensionRequest is", "RFC 2986 s4.1");
      }
    }
    return asked;
  }

  private static RequestedExtensions ofExtensionRequest(ASN1Set values) throws IOException {
    // RFC 2985 s5.4.2: extensionRequest is SINGLE VALUE.
    if (values.size() != 1) {
      throw EXTENSIONS.malformed("extensionRequest has several values", "RFC 2985 s5.4.2");
    }
    ASN1Sequence extensions = ASN1Sequence.getInstance(values.getObjectAt(0));
    // RFC 5280 s4.1: Extensions ::= SEQUENCE SIZE (1..MAX)
    if (extensions.size() == 0) {
      throw EXTENSIONS.malformed("extensionRequest is empty", "RFC 5280 s4.1");
    }
    if (extensions.size() > MOST_EXTENSIONS) {
      throw new Failure.TooLarge("requested extensions", MOST_EXTENSIONS, "extensions").thrown();
    }
    List<SubjectAltName> names = List.of();
    List<RequestedExtension> others = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (ASN1Encodable one : extensions) {
      RequestedExtension extension = extension(ASN1Sequence.getInstance(one));
      // RFC 5280 s4.2: no more than one instance of an extension; two subjectAltNames above all.
      if (!seen.add(extension.oid())) {
        throw EXTENSIONS.malformed(extension.oid() + " comes twice", "RFC 5280 s4.2");
      }
      if (extension.oid().equals(Extension.subjectAlternativeName.getId())) {
        names = names(extension.value().octets());
      } else {
        others.add(extension);
      }
    }
    return new RequestedExtensions(names, List.copyOf(others));
  }

  private static RequestedExtension extension(ASN1Sequence parts) {
    String oid = ASN1ObjectIdentifier.getInstance(parts.getObjectAt(0)).getId();
    boolean marked = parts.size() == 3;
    if (parts.size() != 2 && !marked) {
      throw EXTENSIONS.malformed(oid + " is no OID, critical, value", "RFC 5280 s4.1");
    }
    // X.690 s11.5: critical is FALSE by default, and a default is not encoded.
    if (marked && !ASN1Boolean.getInstance(parts.getObjectAt(1)).isTrue()) {
      throw EXTENSIONS.malformed(oid + " spells out critical FALSE", "X.690 s11.5");
    }
    byte[] value = ASN1OctetString.getInstance(parts.getObjectAt(parts.size() - 1)).getOctets();
    // RFC 5280 s4.2: the value is the DER of something, whatever it is.
    DerStructure.check(EXTENSIONS.at(oid), value);
    return new RequestedExtension(oid, marked, Der.of(value));
  }

  private static List<SubjectAltName> names(byte[] value) throws IOException {
    ASN1Sequence sequence =
        SUBJECT_ALT_NAME.read("RFC 5280 s4.2.1.6", () -> ASN1Sequence.getInstance(value));
    // RFC 5280 s4.2.1.6: GeneralNames ::= SEQUENCE SIZE (1..MAX)
    if (sequence.size() == 0) {
      throw SUBJECT_ALT_NAME.malformed("is empty", "RFC 5280 s4.2.1.6");
    }
    if (sequence.size() > MOST_NAMES) {
      throw new Failure.TooLarge("subjectAltName", MOST_NAMES, "names").thrown();
    }
    GeneralNames encoded =
        SUBJECT_ALT_NAME.read("RFC 5280 s4.2.1.6", () -> GeneralNames.getInstance(sequence));
    if (!Arrays.equals(value, encoded.getEncoded(ASN1Encoding.DER))) {
      throw SUBJECT_ALT_NAME.malformed("is not encoded in DER", "X.690 s10");
    }
    Set<SubjectAltName> names = new LinkedHashSet<>();
    for (GeneralName name : encoded.getNames()) {
      names.add(GeneralNameText.read(name));
    }
    return List.copyOf(names);
  }
}
