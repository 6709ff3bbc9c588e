package io.chancery.issuance;

import io.chancery.issuance.der.Tbs;
import io.chancery.profile.KeyUsage;
import io.chancery.x509.KeyId;
import java.net.URI;
import java.util.HexFormat;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/** The extensions that end entities and authorities have in common. */
final class ExtensionParts {
  private ExtensionParts() {}

  static Extension critical(ASN1ObjectIdentifier oid, ASN1Encodable value) {
    return new Extension(oid, true, Tbs.encode(value).octets());
  }

  static Extension plain(ASN1ObjectIdentifier oid, ASN1Encodable value) {
    return new Extension(oid, false, Tbs.encode(value).octets());
  }

  /** RFC 5280 s4.2.1.1: only the key identifier, so that the issuer can be certified again. */
  static Extension authorityKey(String keyIdentifier) {
    return plain(
        Extension.authorityKeyIdentifier,
        new AuthorityKeyIdentifier(HexFormat.of().parseHex(keyIdentifier)));
  }

  /** RFC 5280 s4.2.1.2 with RFC 7093 s2 method 1: a hash of the key. */
  static Extension subjectKey(KeyId key) {
    return plain(Extension.subjectKeyIdentifier, new SubjectKeyIdentifier(key.octets()));
  }

  /** RFC 5280 s4.2.1.3: critical. */
  static Extension keyUsage(Set<KeyUsage> usages) {
    int bits = 0;
    for (KeyUsage usage : usages) {
      bits |= bit(usage);
    }
    return critical(Extension.keyUsage, new org.bouncycastle.asn1.x509.KeyUsage(bits));
  }

  /** CRLDistributionPoints with one address: the value of CDP and of freshestCRL. */
  static CRLDistPoint pointsTo(URI address) {
    return new CRLDistPoint(
        new DistributionPoint[] {new DistributionPoint(nameOf(address), null, null)});
  }

  static DistributionPointName nameOf(URI address) {
    return new DistributionPointName(
        new GeneralNames(
            new GeneralName(GeneralName.uniformResourceIdentifier, address.toString())));
  }

  /** BouncyCastle counts the bits within each octet from the left. */
  private static int bit(KeyUsage usage) {
    return usage.bit() < 8 ? 0x80 >> usage.bit() : 0x8000 >> (usage.bit() - 8);
  }
}
