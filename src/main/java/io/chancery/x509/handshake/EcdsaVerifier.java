package io.chancery.x509.handshake;

import io.chancery.x509.verify.EcdsaKey;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.util.Optional;

/** ECDSA over a message, as Java asks for it; verifies alone. */
final class EcdsaVerifier extends SignatureSpi {
  private final MessageDigest digest;
  private Optional<EcdsaKey> key = Optional.empty();

  EcdsaVerifier(String digest) {
    super();
    try {
      this.digest = MessageDigest.getInstance(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has " + digest, impossible);
    }
  }

  @Override
  protected void engineInitVerify(PublicKey shown) throws InvalidKeyException {
    digest.reset();
    key = EcdsaKey.read(shown.getEncoded());
    if (key.isEmpty()) {
      throw new InvalidKeyException("no point on P-256, P-384 or P-521");
    }
  }

  @Override
  protected void engineUpdate(byte octet) {
    digest.update(octet);
  }

  @Override
  protected void engineUpdate(byte[] octets, int from, int length) {
    digest.update(octets, from, length);
  }

  @Override
  protected boolean engineVerify(byte[] signature) throws SignatureException {
    return key.orElseThrow(() -> new SignatureException("no key"))
        .holds(digest.digest(), signature);
  }

  @Override
  protected void engineInitSign(PrivateKey never) throws InvalidKeyException {
    throw new InvalidKeyException("verifies alone");
  }

  @Override
  protected byte[] engineSign() throws SignatureException {
    throw new SignatureException("verifies alone");
  }

  @Override
  @Deprecated
  protected void engineSetParameter(String name, Object value) {
    throw new InvalidParameterException("ECDSA has no parameters");
  }

  @Override
  @Deprecated
  protected Object engineGetParameter(String name) {
    throw new InvalidParameterException("ECDSA has no parameters");
  }
}
