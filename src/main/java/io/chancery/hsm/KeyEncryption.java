package io.chancery.hsm;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

/** EncryptedPrivateKeyInfo (RFC 5958 s3) with PBES2: PBKDF2-HMAC-SHA256 and AES-256-CBC. */
record KeyEncryption(int iterations) {
  /** What OWASP asks of this function; a guess then costs what an opening costs. */
  static final KeyEncryption STRONG = new KeyEncryption(600_000);

  private static final String SCHEME = "PBEWithHmacSHA256AndAES_256";
  private static final int MOST_ITERATIONS = 10_000_000;
  private static final int SALT_OCTETS = 16;
  private static final int BLOCK_OCTETS = 16;

  byte[] encrypt(PrivateKey key, Secret password, SecureRandom random) {
    byte[] plain = key.getEncoded();
    try {
      Cipher cipher = Cipher.getInstance(SCHEME);
      PBEParameterSpec parameters =
          new PBEParameterSpec(
              octets(SALT_OCTETS, random),
              iterations,
              new IvParameterSpec(octets(BLOCK_OCTETS, random)));
      cipher.init(Cipher.ENCRYPT_MODE, derived(password), parameters, random);
      // Java writes the scheme's object identifier under this name only.
      AlgorithmParameters scheme = AlgorithmParameters.getInstance("PBES2");
      scheme.init(cipher.getParameters().getEncoded());
      return new EncryptedPrivateKeyInfo(scheme, cipher.doFinal(plain)).getEncoded();
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException("Java has " + SCHEME, impossible);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /** The PKCS#8 octets; the caller wipes them. */
  static byte[] decrypt(byte[] encrypted, Secret password)
      throws GeneralSecurityException, IOException {
    EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encrypted);
    AlgorithmParameters scheme = info.getAlgParameters();
    // A weaker scheme is a file that we did not write; a huge count is one that wants our time.
    if (scheme == null || !SCHEME.equals(scheme.toString())) {
      throw new InvalidKeyException("not encrypted by " + SCHEME);
    }
    PBEParameterSpec parameters = scheme.getParameterSpec(PBEParameterSpec.class);
    if (parameters.getIterationCount() > MOST_ITERATIONS) {
      throw new InvalidKeyException(parameters.getIterationCount() + " iterations");
    }
    Cipher cipher = Cipher.getInstance(SCHEME);
    cipher.init(Cipher.DECRYPT_MODE, derived(password), scheme);
    return cipher.doFinal(info.getEncryptedData());
  }

  private static SecretKey derived(Secret password) throws GeneralSecurityException {
    PBEKeySpec wanted = new PBEKeySpec(password.characters());
    try {
      return SecretKeyFactory.getInstance(SCHEME).generateSecret(wanted);
    } finally {
      wanted.clearPassword();
    }
  }

  private static byte[] octets(int count, SecureRandom random) {
    byte[] octets = new byte[count];
    random.nextBytes(octets);
    return octets;
  }
}
