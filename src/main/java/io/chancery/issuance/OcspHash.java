package io.chancery.issuance;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;

/**
 * The hashes that a CertID may come with: RFC 5019 s2.1.1 says SHA-1, RFC 9654 s2.1 SHA-256, and
 * SHA-384 is seen.
 */
public enum OcspHash {
  SHA1(OIWObjectIdentifiers.idSHA1, "SHA-1"),
  SHA256(NISTObjectIdentifiers.id_sha256, "SHA-256"),
  SHA384(NISTObjectIdentifiers.id_sha384, "SHA-384");

  private final ASN1ObjectIdentifier oid;
  private final String digest;

  OcspHash(ASN1ObjectIdentifier oid, String digest) {
    this.oid = oid;
    this.digest = digest;
  }

  public static Optional<OcspHash> ofOid(String oid) {
    return Arrays.stream(values()).filter(one -> one.oid().equals(oid)).findFirst();
  }

  public String oid() {
    return oid.getId();
  }

  ASN1ObjectIdentifier identifier() {
    return oid;
  }

  byte[] of(byte[] octets) {
    try {
      return MessageDigest.getInstance(digest).digest(octets);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has " + digest, impossible);
    }
  }
}
