package io.chancery.issuance;

import io.chancery.profile.Profile;
import io.chancery.profile.StatusSource;
import io.chancery.x509.CrlScope;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.GeneralNameText;
import io.chancery.x509.IssuerName;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.SubjectAltName;
import io.chancery.x509.SubjectPublicKey;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** The extensions of an end entity's certificate, in their one order. */
final class LeafExtensions {
  private final CaCertificate issuer;
  private final IssuerName name;
  private final StatusAddresses addresses;

  LeafExtensions(IssuerName name, CaCertificate issuer, StatusAddresses addresses) {
    this.issuer = issuer;
    this.name = name;
    this.addresses = addresses;
  }

  /** What is the same in every certificate of a profile: made once, used by every thread. */
  record Fixed(List<Extension> usage, Status status, Extension authorityKey) {
    /** RFC 5280 s4.2.1: authority key, subject key, usages, names, constraints, status. */
    List<Extension> with(
        SerialNumber serial,
        SubjectPublicKey key,
        DistinguishedName subject,
        List<SubjectAltName> names) {
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
      all.addAll(status.of(serial));
      return all;
    }
  }

  /** How its status is found out, which depends on the shard. */
  interface Status {
    List<Extension> of(SerialNumber serial);
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

  private Status status(StatusSource source) {
    return switch (source) {
      case PUBLISHED -> {
        Extension access = access(issuerAccess(), responderAccess());
        Map<CrlScope, List<Extension>> made = new ConcurrentHashMap<>();
        yield serial ->
            made.computeIfAbsent(addresses.scope(serial), scope -> published(scope, access));
      }
      // RFC 9608 s3: neither CRL nor OCSP address beside noRevAvail.
      case NO_REVOCATION -> always(ExtensionParts.plain(Extension.noRevAvail, DERNull.INSTANCE));
      // RFC 6960 s4.2.2.2.1: its word is taken as long as its certificate lasts.
      case OCSP_NO_CHECK ->
          always(
              ExtensionParts.plain(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, DERNull.INSTANCE));
    };
  }

  private Status always(Extension instead) {
    List<Extension> both = List.of(access(issuerAccess()), instead);
    return serial -> both;
  }

  private List<Extension> published(CrlScope scope, Extension access) {
    Extension point =
        ExtensionParts.plain(
            Extension.cRLDistributionPoints, ExtensionParts.pointsTo(addresses.crl(name, scope)));
    // RFC 5280 s4.2.1.15: non-critical. A shard is remade at once and has no delta.
    return scope.isWhole()
        ? List.of(
            point,
            ExtensionParts.plain(
                Extension.freshestCRL, ExtensionParts.pointsTo(addresses.delta(name))),
            access)
        : List.of(point, access);
  }

  private AccessDescription issuerAccess() {
    return new AccessDescription(
        AccessDescription.id_ad_caIssuers, uri(addresses.certificate(name)));
  }

  private AccessDescription responderAccess() {
    return new AccessDescription(AccessDescription.id_ad_ocsp, uri(addresses.ocsp()));
  }

  private static Extension access(AccessDescription... descriptions) {
    return ExtensionParts.plain(
        Extension.authorityInfoAccess, new AuthorityInformationAccess(descriptions));
  }

  private static GeneralName uri(URI address) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, address.toString());
  }
}
