package io.chancery.issuance;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;

/** The issuers' names and keys under every hash that OCSP requests come with, made once. */
final class IssuerHashes {
  /** RFC 5019 s2.1.1 says SHA-1, RFC 9654 s2.1 SHA-256; SHA-384 is seen. */
  private static final Map<String, String> DIGESTS =
      Map.of(
          OIWObjectIdentifiers.idSHA1.getId(), "SHA-1",
          NISTObjectIdentifiers.id_sha256.getId(), "SHA-256",
          NISTObjectIdentifiers.id_sha384.getId(), "SHA-384");

  private final Map<String, Map<ByteBuffer, Issuer>> byOid = new HashMap<>();

  IssuerHashes(List<Issuer> issuers) {
    DIGESTS.forEach(
        (oid, digest) -> {
          Map<ByteBuffer, Issuer> byHash = new HashMap<>();
          for (Issuer issuer : issuers) {
            CaCertificate certificate = issuer.signatory().certificate();
            // RFC 6960 s4.1.1: the DER of the issuer's name, the key without tag and length.
            byHash.putIfAbsent(
                joined(
                    hash(digest, certificate.subject().octets()),
                    hash(digest, certificate.keyBits())),
                issuer);
          }
          byOid.put(oid, Map.copyOf(byHash));
        });
  }

  Optional<Issuer> find(String hashOid, byte[] nameHash, byte[] keyHash) {
    // Two hashes of one function are equally long; otherwise the border between them is unclear.
    if (nameHash.length != keyHash.length) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        byOid.getOrDefault(hashOid, Map.of()).get(joined(nameHash, keyHash)));
  }

  static byte[] hash(String digest, byte[] octets) {
    try {
      return MessageDigest.getInstance(digest).digest(octets);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has " + digest, impossible);
    }
  }

  private static ByteBuffer joined(byte[] nameHash, byte[] keyHash) {
    return ByteBuffer.allocate(nameHash.length + keyHash.length).put(nameHash).put(keyHash).flip();
  }
}
