package io.chancery.issuance;

import io.chancery.profile.Profile;
import io.chancery.profile.StatusService;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.GeneralNameText;
import io.chancery.x509.IssuerName;
import io.chancery.x509.SubjectAltName;
import io.chancery.x509.SubjectPublicKey;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** The extensions of an end entity's certificate, in their one order. */
final class LeafExtensions {
  private final CaCertificate issuer;
  private final URI crl;
  private final URI ocsp;
  private final URI certificate;

  LeafExtensions(IssuerName name, CaCertificate issuer, StatusAddresses addresses) {
    this.issuer = issuer;
    this.crl = addresses.crl(name);
    this.ocsp = addresses.ocsp();
    this.certificate = addresses.certificate(name);
  }

  /** What is the same in every certificate of a profile: made once, used by every thread. */
  record Fixed(List<Extension> usage, List<Extension> status, Extension authorityKey) {
    /** RFC 5280 s4.2.1: authority key, subject key, usages, names, constraints, status. */
    List<Extension> with(
        SubjectPublicKey key, DistinguishedName subject, List<SubjectAltName> names) {
      List<Extension> all = new ArrayList<>();
      all.add(authorityKey);
      all.add(ExtensionParts.subjectKey(key.keyId()));
      all.addAll(usage);
      if (!names.isEmpty()) {
        GeneralNames san =
            new GeneralNames(
                names.stream().map(GeneralNameText::write).toArray(GeneralName[]::new));
        // RFC 5280 s4.2.1.6: critical exactly when there is no subject to fall back on.
        all.add(
            subject.isEmpty()
                ? ExtensionParts.critical(Extension.subjectAlternativeName, san)
                : ExtensionParts.plain(Extension.subjectAlternativeName, san));
      }
      // RFC 5280 s4.2.1.9: no authority, which is the default and therefore an empty sequence.
      all.add(ExtensionParts.critical(Extension.basicConstraints, new BasicConstraints(false)));
      all.addAll(status);
      return all;
    }
  }

  Fixed fixed(Profile profile) {
    List<Extension> usage = new ArrayList<>();
    if (!profile.keyUsage().isEmpty()) {
      usage.add(ExtensionParts.keyUsage(profile.keyUsage()));
    }
    if (!profile.extendedKeyUsage().isEmpty()) {
      usage.add(
          ExtensionParts.plain(
              Extension.extendedKeyUsage,
              new ExtendedKeyUsage(
                  profile.extendedKeyUsage().stream()
                      .map(one -> KeyPurposeId.getInstance(new ASN1ObjectIdentifier(one.oid())))
                      .toArray(KeyPurposeId[]::new))));
    }
    Extension authorityKey = ExtensionParts.authorityKey(issuer.keyIdentifier());
    return new Fixed(List.copyOf(usage), status(profile.status()), authorityKey);
  }

  private List<Extension> status(StatusService service) {
    return switch (service) {
      case PUBLISHED -> List.of(distributionPoint(), access(issuerAccess(), responderAccess()));
      // RFC 9608 s3: neither CRL nor OCSP address beside noRevAvail.
      case NO_REVOCATION ->
          List.of(
              access(issuerAccess()), ExtensionParts.plain(Extension.noRevAvail, DERNull.INSTANCE));
      // RFC 6960 s4.2.2.2.1: its word is taken as long as its certificate lasts.
      case OCSP_NO_CHECK ->
          List.of(
              access(issuerAccess()),
              ExtensionParts.plain(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, DERNull.INSTANCE));
    };
  }

  private Extension distributionPoint() {
    DistributionPointName name = new DistributionPointName(new GeneralNames(uri(crl)));
    return ExtensionParts.plain(
        Extension.cRLDistributionPoints,
        new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(name, null, null)}));
  }

  private AccessDescription issuerAccess() {
    return new AccessDescription(AccessDescription.id_ad_caIssuers, uri(certificate));
  }

  private AccessDescription responderAccess() {
    return new AccessDescription(AccessDescription.id_ad_ocsp, uri(ocsp));
  }

  private static Extension access(AccessDescription... descriptions) {
    return ExtensionParts.plain(
        Extension.authorityInfoAccess, new AuthorityInformationAccess(descriptions));
  }

  private static GeneralName uri(URI address) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, address.toString());
  }
}
