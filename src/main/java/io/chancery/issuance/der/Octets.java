package io.chancery.issuance.der;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Consumer;

/** Octets that may be too many for memory; they can be read more than once. */
public interface Octets {
  /** Hands them over piece by piece; a piece may not be kept. */
  void each(Consumer<ByteBuffer> piece);

  long length();

  default byte[] hash(String digest) {
    try {
      MessageDigest hash = MessageDigest.getInstance(digest);
      each(hash::update);
      return hash.digest();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has " + digest, impossible);
    }
  }

  /** All of them in memory, for a signer that will not do with less. */
  default byte[] whole() {
    byte[] all = new byte[Math.toIntExact(length())];
    ByteBuffer target = ByteBuffer.wrap(all);
    each(target::put);
    return all;
  }
}
