package io.chancery.hsm.mechanism;

import iaik.pkcs.pkcs11.wrapper.CK_MECHANISM;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.SignatureAlgorithm;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/** What goes to the token for a signature, and what becomes of its answer. */
public sealed interface SigningMechanism {
  /** The mechanisms' number. */
  long code();

  /** What the token signs: the message, or its hash. */
  byte[] input(byte[] message);

  /** The signature as X.509 wants it. */
  byte[] output(byte[] raw);

  /** How the token signs a hash that was made before; empty where it wants the message. */
  Optional<OverDigest> overDigest();

  /** The mechanism for a hash, and what goes to the token for it. */
  @SuppressWarnings("ArrayRecordComponent") // made, signed, forgotten
  record OverDigest(SigningMechanism mechanism, UnaryOperator<byte[]> input) {}

  default CK_MECHANISM mechanism() {
    CK_MECHANISM mechanism = new CK_MECHANISM();
    mechanism.mechanism = code();
    return mechanism;
  }

  /** For a key of this algorithm on a token that has these mechanisms. */
  static SigningMechanism of(KeyAlgorithm key, Set<Long> offered) {
    SignatureAlgorithm algorithm = SignatureAlgorithm.fittingTo(key);
    return switch (key.family()) {
      case EC -> new Ecdsa(algorithm, (key.bits() + 7) / 8);
      case RSA ->
          offered.contains(PKCS11Constants.CKM_SHA256_RSA_PKCS)
              ? new RsaWithHash(offered.contains(PKCS11Constants.CKM_RSA_PKCS))
              : new RsaOverDigest();
      case ED25519 -> new Eddsa();
    };
  }

  /** Raw CKM_ECDSA over our own hash: the one form that every token has. */
  record Ecdsa(SignatureAlgorithm algorithm, int orderOctets) implements SigningMechanism {
    @Override
    public long code() {
      return PKCS11Constants.CKM_ECDSA;
    }

    @Override
    public byte[] input(byte[] message) {
      byte[] hash = algorithm.hash(message);
      // FIPS 186-5 s6.4.1: the leftmost bits of a hash that is longer than the order; not every
      // token cuts by itself.
      return hash.length > orderOctets ? Arrays.copyOf(hash, orderOctets) : hash;
    }

    @Override
    public byte[] output(byte[] raw) {
      return EcdsaSignature.encoded(raw, orderOctets);
    }

    @Override
    public Optional<OverDigest> overDigest() {
      return Optional.of(new OverDigest(this, hash -> hash));
    }
  }

  /**
   * The token hashes.
   *
   * @param padsToo whether it has CKM_RSA_PKCS as well
   */
  record RsaWithHash(boolean padsToo) implements SigningMechanism {
    @Override
    public long code() {
      return PKCS11Constants.CKM_SHA256_RSA_PKCS;
    }

    @Override
    public byte[] input(byte[] message) {
      return message;
    }

    @Override
    public byte[] output(byte[] raw) {
      return raw;
    }

    @Override
    public Optional<OverDigest> overDigest() {
      return padsToo ? new RsaOverDigest().overDigest() : Optional.empty();
    }
  }

  /** The token pads what we give: a DigestInfo (RFC 8017 s9.2). */
  record RsaOverDigest() implements SigningMechanism {
    private static final byte[] SHA256_INFO =
        HexFormat.of().parseHex("3031300d060960864801650304020105000420");

    @Override
    public long code() {
      return PKCS11Constants.CKM_RSA_PKCS;
    }

    @Override
    public byte[] input(byte[] message) {
      return digestInfo(SignatureAlgorithm.RSA_SHA256.hash(message));
    }

    public static byte[] digestInfo(byte[] hash) {
      byte[] info = new byte[SHA256_INFO.length + hash.length];
      System.arraycopy(SHA256_INFO, 0, info, 0, SHA256_INFO.length);
      System.arraycopy(hash, 0, info, SHA256_INFO.length, hash.length);
      return info;
    }

    @Override
    public byte[] output(byte[] raw) {
      return raw;
    }

    @Override
    public Optional<OverDigest> overDigest() {
      return Optional.of(new OverDigest(this, RsaOverDigest::digestInfo));
    }
  }

  /** Ed25519 signs the message itself (RFC 8032 s5.1). */
  record Eddsa() implements SigningMechanism {
    @Override
    public long code() {
      return PKCS11Constants.CKM_EDDSA;
    }

    @Override
    public byte[] input(byte[] message) {
      return message;
    }

    @Override
    public byte[] output(byte[] raw) {
      return raw;
    }

    @Override
    public Optional<OverDigest> overDigest() {
      return Optional.empty();
    }
  }
}
