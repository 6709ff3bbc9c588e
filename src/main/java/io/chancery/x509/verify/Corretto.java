package io.chancery.x509.verify;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;

/**
 * AWS-LC behind the Amazon Corretto Crypto Provider. The provider is never registered: nothing else
 * in the process changes hands. It is not part of every build, and found by its name.
 */
final class Corretto {
  private static final String CLASS =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

  private final Provider provider;

  Corretto(Provider provider) {
    this.provider = provider;
  }

  /** The library, after it has told right signatures from wrong ones. */
  static Corretto load() throws GeneralSecurityException, ReflectiveOperationException {
    Provider found = (Provider) Class.forName(CLASS).getField("INSTANCE").get(null);
    // Where its library does not load the provider is there and offers nothing.
    if (found.getClass().getMethod("getLoadingError").invoke(found) instanceof Throwable cause) {
      throw new GeneralSecurityException(cause.toString(), cause);
    }
    Corretto loaded = new Corretto(found);
    loaded.mustVerify();
    return loaded;
  }

  /** A key in the library's form; empty where it takes none such. */
  Optional<PublicKey> read(byte[] info) {
    try {
      return Optional.of(
          KeyFactory.getInstance("EC", provider).generatePublic(new X509EncodedKeySpec(info)));
    } catch (GeneralSecurityException | RuntimeException refused) {
      return Optional.empty();
    }
  }

  /** Whether the signature holds; empty where the library does not say. */
  Optional<Boolean> verdict(PublicKey key, byte[] hash, byte[] signature) {
    try {
      Signature check = Signature.getInstance("NONEwithECDSA", provider);
      check.initVerify(key);
      check.update(hash);
      return Optional.of(check.verify(signature));
    } catch (GeneralSecurityException | RuntimeException unsaid) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return provider.getName() + " " + provider.getVersionStr();
  }

  /** Its own tests at load are about hashes and random numbers, not about this. */
  void mustVerify() throws SignatureException {
    for (KnownSignature known : KnownSignature.ALL) {
      byte[] wrong = known.hash();
      wrong[0] ^= 1;
      if (!says(known, known.hash(), true) || !says(known, wrong, false)) {
        throw new SignatureException("it does not verify on " + known.curve());
      }
    }
  }

  private boolean says(KnownSignature known, byte[] hash, boolean expected) {
    return read(known.info())
        .flatMap(key -> verdict(key, hash, known.signature()))
        .equals(Optional.of(expected));
  }
}
