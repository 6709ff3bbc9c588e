package io.chancery.issuance.lint;

import io.chancery.Failure;
import io.chancery.x509.Der;
import io.chancery.x509.Validity;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A whole certificate under the rules, taken apart once and without repair: repeated extensions,
 * odd versions and odd times are seen as they are encoded. Accessors of extensions throw unchecked
 * exceptions on what does not have its type; {@link Lint#found} turns these into findings.
 */
public final class Specimen {
  private static final int EXTENSIONS_TAG = 3;

  private final Der certificate;
  private final Authority authority;
  private final ASN1Sequence outer;
  private final ASN1Sequence tbs;
  private final List<ASN1Sequence> rawExtensions;
  private final List<Extension> extensions;
  private final ASN1Integer serial;
  private final AlgorithmIdentifier innerAlgorithm;
  private final AlgorithmIdentifier outerAlgorithm;
  private final ASN1Sequence issuer;
  private final ASN1Sequence validity;
  private final Instant notBefore;
  private final Instant notAfter;
  private final X500Name subject;
  private final SubjectPublicKeyInfo key;
  private Optional<List<GeneralName>> names = Optional.empty();

  private Specimen(Der certificate, Authority authority) {
    this.certificate = certificate;
    this.authority = authority;
    this.outer = ASN1Sequence.getInstance(certificate.octets());
    this.tbs = ASN1Sequence.getInstance(outer.getObjectAt(0));
    this.rawExtensions = readExtensions();
    this.extensions = rawExtensions.stream().map(Extension::getInstance).toList();
    this.serial = ASN1Integer.getInstance(field(0));
    this.innerAlgorithm = AlgorithmIdentifier.getInstance(field(1));
    this.outerAlgorithm = AlgorithmIdentifier.getInstance(outer.getObjectAt(1));
    this.issuer = ASN1Sequence.getInstance(field(2));
    this.validity = ASN1Sequence.getInstance(field(3));
    this.notBefore = Validity.instant(rawNotBefore());
    this.notAfter = Validity.instant(rawNotAfter());
    this.subject = X500Name.getInstance(field(4));
    this.key = SubjectPublicKeyInfo.getInstance(field(5));
  }

  /** Reads the certificate; {@code Malformed} where it does not even have the outline of one. */
  public static Specimen of(Der certificate, Authority authority) {
    try {
      return new Specimen(certificate, authority);
    } catch (RuntimeException unreadable) {
      throw new Failure.Malformed("to-be-signed certificate", "", "cannot be read", "RFC 5280 s4.1")
          .because(unreadable);
    }
  }

  /** Who is to sign. */
  public Authority authority() {
    return authority;
  }

  public Der certificate() {
    return certificate;
  }

  /** The whole as read, for a look at its encoding. */
  public ASN1Sequence outer() {
    return outer;
  }

  /** The number in the version field: 2 means version 3; 0 where the field is left out. */
  public int version() {
    return versioned()
        ? ASN1Integer.getInstance(
                ASN1TaggedObject.getInstance(tbs.getObjectAt(0)).getExplicitBaseObject())
            .intValueExact()
        : 0;
  }

  public ASN1Integer serial() {
    return serial;
  }

  /** The algorithm inside the signed part. */
  public AlgorithmIdentifier innerAlgorithm() {
    return innerAlgorithm;
  }

  /** The algorithm beside the signature. */
  public AlgorithmIdentifier outerAlgorithm() {
    return outerAlgorithm;
  }

  public ASN1Sequence issuer() {
    return issuer;
  }

  /** The issuer field, octet for octet. */
  public Der issuerName() {
    try {
      return Der.of(issuer.getEncoded(ASN1Encoding.DER));
    } catch (IOException unreadable) {
      throw new IllegalArgumentException("the issuer's name has no encoding", unreadable);
    }
  }

  /** notBefore as encoded. */
  public ASN1Primitive rawNotBefore() {
    return validity.getObjectAt(0).toASN1Primitive();
  }

  /** notAfter as encoded. */
  public ASN1Primitive rawNotAfter() {
    return validity.getObjectAt(1).toASN1Primitive();
  }

  public Instant notBefore() {
    return notBefore;
  }

  public Instant notAfter() {
    return notAfter;
  }

  public X500Name subject() {
    return subject;
  }

  public SubjectPublicKeyInfo key() {
    return key;
  }

  /** Every extension in its order, repeated ones included. */
  public List<Extension> extensions() {
    return extensions;
  }

  /** The extensions' sequences as encoded. */
  public List<ASN1Sequence> rawExtensions() {
    return rawExtensions;
  }

  /** The first extension of this kind. */
  public Optional<Extension> extension(ASN1ObjectIdentifier oid) {
    for (Extension one : extensions) {
      if (one.getExtnId().equals(oid)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  public boolean has(ASN1ObjectIdentifier oid) {
    return extension(oid).isPresent();
  }

  /** The decoded value of the first extension of this kind. */
  public Optional<ASN1Encodable> value(ASN1ObjectIdentifier oid) {
    return extension(oid).map(Extension::getParsedValue);
  }

  /** The subject alternative names; none where the extension is missing. */
  public List<GeneralName> names() {
    // Half a dozen rules ask. What cannot be read is tried again, and fails for each of them.
    if (names.isEmpty()) {
      names = Optional.of(readNames());
    }
    return names.get();
  }

  private List<GeneralName> readNames() {
    List<GeneralName> found = new ArrayList<>();
    value(Extension.subjectAlternativeName)
        .map(ASN1Sequence::getInstance)
        .ifPresent(list -> list.forEach(name -> found.add(GeneralName.getInstance(name))));
    return List.copyOf(found);
  }

  /** The names of one kind ({@link GeneralName}'s tag). */
  public List<GeneralName> names(int tag) {
    return names().stream().filter(name -> name.getTagNo() == tag).toList();
  }

  private boolean versioned() {
    return tbs.getObjectAt(0) instanceof ASN1TaggedObject;
  }

  private ASN1Encodable field(int position) {
    return tbs.getObjectAt(versioned() ? position + 1 : position);
  }

  private List<ASN1Sequence> readExtensions() {
    List<ASN1Sequence> found = new ArrayList<>();
    for (ASN1Encodable field : tbs) {
      if (field instanceof ASN1TaggedObject tagged && tagged.getTagNo() == EXTENSIONS_TAG) {
        ASN1Sequence.getInstance(tagged.getExplicitBaseObject())
            .forEach(extension -> found.add(ASN1Sequence.getInstance(extension)));
      }
    }
    return List.copyOf(found);
  }
}
