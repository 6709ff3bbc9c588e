package io.chancery.issuance;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The issuers' names and keys under every hash that OCSP requests come with, made once. */
final class IssuerHashes {
  private final Map<String, Map<ByteBuffer, Issuer>> byOid = new HashMap<>();

  IssuerHashes(List<Issuer> issuers) {
    for (OcspHash hash : OcspHash.values()) {
      Map<ByteBuffer, Issuer> byHash = new HashMap<>();
      for (Issuer issuer : issuers) {
        CaCertificate certificate = issuer.signatory().certificate();
        // RFC 6960 s4.1.1: the DER of the issuer's name, the key without tag and length.
        byHash.putIfAbsent(
            joined(hash.of(certificate.subject().octets()), hash.of(certificate.keyBits())),
            issuer);
      }
      byOid.put(hash.oid(), Map.copyOf(byHash));
    }
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
