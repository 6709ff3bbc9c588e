package io.chancery.ledger.tree;

import io.chancery.Failure;
import io.chancery.Quoted;
import io.chancery.Sha256;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A Merkle tree hash: 32 octets of SHA-256 that never change. */
public final class TreeHash {
  /** How many octets a hash has. */
  public static final int LENGTH = 32;

  /** One a thread: {@code digest()} leaves it at its beginning. */
  private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Sha256::digest);

  /** RFC 6962 s2.1: the hash of an empty list is the hash of an empty string. */
  public static final TreeHash EMPTY = new TreeHash(DIGEST.get().digest());

  private static final byte LEAF = 0x00;
  private static final byte NODE = 0x01;

  private final byte[] octets;

  private TreeHash(byte[] octets) {
    this.octets = octets;
  }

  /** RFC 6962 s2.1: the hash of one entry. */
  public static TreeHash leaf(byte[] entry) {
    MessageDigest digest = DIGEST.get();
    digest.update(LEAF);
    return new TreeHash(digest.digest(entry));
  }

  /** RFC 6962 s2.1: the hash of two subtrees. */
  public static TreeHash node(TreeHash left, TreeHash right) {
    MessageDigest digest = DIGEST.get();
    digest.update(NODE);
    digest.update(left.octets);
    return new TreeHash(digest.digest(right.octets));
  }

  /** These 32 octets as a hash. */
  public static TreeHash of(byte[] octets) {
    if (octets.length != LENGTH) {
      throw malformed("", octets.length + " octets where a hash has " + LENGTH);
    }
    return new TreeHash(octets.clone());
  }

  /** The hash in the place {@code index} of hashes that stand side by side, as in a tile. */
  public static TreeHash in(byte[] hashes, int index) {
    return new TreeHash(Arrays.copyOfRange(hashes, index * LENGTH, (index + 1) * LENGTH));
  }

  /** Reads base64 of 32 octets in its one canonical form. */
  public static TreeHash parse(String base64) {
    try {
      TreeHash read = of(Base64.getDecoder().decode(base64));
      // RFC 4648 s3.5: padding and pad bits are as the encoder writes them, or it is another text.
      if (read.base64().equals(base64)) {
        return read;
      }
    } catch (IllegalArgumentException notBase64) {
      throw malformed(Quoted.of(base64), "is not base64");
    }
    throw malformed(Quoted.of(base64), "is not base64 in canonical form");
  }

  public byte[] octets() {
    return octets.clone();
  }

  public String hex() {
    return HexFormat.of().formatHex(octets);
  }

  public String base64() {
    return Base64.getEncoder().encodeToString(octets);
  }

  void copyInto(byte[] hashes, int index) {
    System.arraycopy(octets, 0, hashes, index * LENGTH, LENGTH);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TreeHash that && Arrays.equals(octets, that.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return hex();
  }

  private static RuntimeException malformed(String where, String reason) {
    return new Failure.Malformed("tree hash", where, reason, "RFC 6962 s2.1").thrown();
  }
}
