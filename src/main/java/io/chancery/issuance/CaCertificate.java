package io.chancery.issuance;

import io.chancery.Failure;
import io.chancery.issuance.der.SignedDer;
import io.chancery.x509.Der;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.KeyId;
import io.chancery.x509.SignatureAlgorithm;
import io.chancery.x509.SubjectPublicKey;
import io.chancery.x509.Validity;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;

/** A certificate with the parts that signing under it, and checking a chain through it, need. */
final class CaCertificate {
  private final IssuedCertificate certificate;
  private final X509CertificateHolder holder;
  private final Der subject;
  private final Der issuer;
  private final Der keyInfo;

  private CaCertificate(IssuedCertificate certificate) throws IOException {
    this.certificate = certificate;
    this.holder = new X509CertificateHolder(certificate.der().octets());
    this.subject = Der.of(holder.getSubject().getEncoded());
    this.issuer = Der.of(holder.getIssuer().getEncoded());
    this.keyInfo = Der.of(holder.getSubjectPublicKeyInfo().getEncoded());
  }

  static CaCertificate of(IssuedCertificate certificate) {
    try {
      return new CaCertificate(certificate);
    } catch (IOException unreadable) {
      throw new Failure.Malformed("certificate", "", "cannot be read", "RFC 5280 s4.1")
          .because(unreadable);
    }
  }

  IssuedCertificate certificate() {
    return certificate;
  }

  /** The encoded subject, octet for octet. */
  Der subject() {
    return subject;
  }

  /** The encoded issuer, octet for octet. */
  Der issuer() {
    return issuer;
  }

  /** The SubjectPublicKeyInfo. */
  Der keyInfo() {
    return keyInfo;
  }

  /** The public key's own octets, which OCSP hashes. */
  byte[] keyBits() {
    return holder.getSubjectPublicKeyInfo().getPublicKeyData().getOctets();
  }

  SubjectPublicKey key() {
    return SubjectPublicKey.of(SignatureCheck.key(keyInfo));
  }

  Validity validity() {
    return certificate.validity();
  }

  /** RFC 5280 s4.2.1.1: what stands here stands as key identifier in all that it signs. */
  Optional<byte[]> subjectKeyIdentifier() {
    return extension(Extension.subjectKeyIdentifier)
        .map(value -> SubjectKeyIdentifier.getInstance(value.getParsedValue()).getKeyIdentifier());
  }

  /** The identifier in lower-case hex; the key's own where the certificate has none. */
  String keyIdentifier() {
    return subjectKeyIdentifier()
        .map(HexFormat.of()::formatHex)
        .orElseGet(() -> KeyId.of(keyInfo).hex());
  }

  boolean isAuthority() {
    return basicConstraints().map(BasicConstraints::isCA).orElse(false);
  }

  Optional<Integer> pathLength() {
    return basicConstraints()
        .map(BasicConstraints::getPathLenConstraintInteger)
        .map(length -> length.getValue().min(BigInteger.valueOf(1000)).intValueExact());
  }

  boolean may(int usage) {
    return extension(Extension.keyUsage)
        .map(value -> KeyUsage.getInstance(value.getParsedValue()).hasUsages(usage))
        .orElse(false);
  }

  Optional<NameConstraints> nameConstraints() {
    return extension(Extension.nameConstraints)
        .map(value -> NameConstraints.getInstance(value.getParsedValue()));
  }

  boolean isCritical(ASN1ObjectIdentifier oid) {
    return extension(oid).map(Extension::isCritical).orElse(false);
  }

  boolean selfIssued() {
    return subject.equals(issuer);
  }

  /** Whether this certificate names {@code above} and carries its signature. */
  boolean isSignedBy(CaCertificate above) {
    Optional<SignatureAlgorithm> algorithm =
        SignatureAlgorithm.ofOid(holder.getSignatureAlgorithm().getAlgorithm().getId());
    return issuer.equals(above.subject)
        && algorithm.isPresent()
        && SignatureCheck.holds(
            algorithm.get(),
            SignatureCheck.key(above.keyInfo),
            SignedDer.body(certificate.der().octets()),
            holder.getSignature());
  }

  private Optional<BasicConstraints> basicConstraints() {
    return extension(Extension.basicConstraints)
        .map(value -> BasicConstraints.getInstance(value.getParsedValue()));
  }

  Optional<Extension> extension(ASN1ObjectIdentifier oid) {
    return Optional.ofNullable(holder.getExtension(oid));
  }
}
