package io.chancery.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.cms.KEKIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataStreamGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.PasswordRecipient;
import org.bouncycastle.cms.RecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKEKRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JcePasswordRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.bouncycastle.operator.jcajce.JcaAlgorithmParametersConverter;

/**
 * The outside of a backup: AuthEnvelopedData (RFC 5083) with AES-256-GCM (RFC 5084), which {@code
 * openssl cms -decrypt} reads as well. The content's key is made for one file and wrapped for a
 * passphrase (PBKDF2, RFC 8018) or for each recipient.
 *
 * @param unlocking what opens the file again, so that it can be checked
 */
record Envelope(Protection protection, Unlocking unlocking, SecureRandom random) {
  static final Provider PROVIDER = new BouncyCastleProvider();

  /** About a second for one guess. RFC 8018 s4.2; hostile files may not ask for more than ten. */
  static final int ITERATIONS = 1_000_000;

  private static final int SALT = 16;
  private static final int KEY = 32;

  static Envelope of(Protection protection, SecureRandom random) {
    Unlocking unlocking =
        switch (protection) {
          case Protection.ByPassphrase known -> new Unlocking.ByPassphrase(known.passphrase());
          // Only the recipients can open it: a key that is forgotten after this run checks it.
          case Protection.ForRecipients _ ->
              new Unlocking.ByRun(new SecretKeySpec(octets(random, KEY), "AES"));
        };
    return new Envelope(protection, unlocking, random);
  }

  /** What is written goes to {@code file} encrypted; closing ends the message. */
  OutputStream seal(OutputStream file) throws IOException {
    try {
      CMSAuthEnvelopedDataStreamGenerator message = new CMSAuthEnvelopedDataStreamGenerator();
      switch (protection) {
        case Protection.ByPassphrase known ->
            message.addRecipientInfoGenerator(passphrase(known.passphrase()));
        case Protection.ForRecipients recipients -> {
          for (X509Certificate certificate : recipients.certificates()) {
            message.addRecipientInfoGenerator(recipient(certificate));
          }
        }
      }
      if (unlocking instanceof Unlocking.ByRun(var key)) {
        byte[] name = "the run that made it".getBytes(StandardCharsets.US_ASCII);
        message.addRecipientInfoGenerator(
            new JceKEKRecipientInfoGenerator(new KEKIdentifier(name, null, null), key)
                .setProvider(PROVIDER));
      }
      // The platform's AES is quicker than the library's, and streams when it encrypts.
      return message.open(
          file,
          (OutputAEADEncryptor) new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM).build());
    } catch (CMSException | GeneralSecurityException cannot) {
      throw new IOException("cannot encrypt: " + cannot.getMessage(), cannot);
    }
  }

  private RecipientInfoGenerator passphrase(Passphrase passphrase) {
    return new JcePasswordRecipientInfoGenerator(CMSAlgorithm.AES256_CBC, passphrase.characters())
        .setProvider(PROVIDER)
        .setPasswordConversionScheme(PasswordRecipient.PKCS5_SCHEME2_UTF8)
        .setPRF(PasswordRecipient.PRF.HMacSHA256)
        .setSaltAndIterationCount(octets(random, SALT), ITERATIONS);
  }

  private static RecipientInfoGenerator recipient(X509Certificate certificate)
      throws GeneralSecurityException {
    if (certificate.getPublicKey() instanceof ECPublicKey key) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", PROVIDER);
      generator.initialize(key.getParams());
      KeyPair own = generator.generateKeyPair();
      // RFC 5753 s3.1.1: a key pair of the sender's for this message only.
      return new JceKeyAgreeRecipientInfoGenerator(
              CMSAlgorithm.ECDH_SHA256KDF,
              own.getPrivate(),
              own.getPublic(),
              CMSAlgorithm.AES256_WRAP)
          .setProvider(PROVIDER)
          .addRecipient(certificate);
    }
    // RFC 3560: RSAES-OAEP; the older padding would let a wrong key look like a right one.
    OAEPParameterSpec padding =
        new OAEPParameterSpec(
            "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
    AlgorithmIdentifier oaep =
        new JcaAlgorithmParametersConverter()
            .getAlgorithmIdentifier(PKCSObjectIdentifiers.id_RSAES_OAEP, padding);
    return new JceKeyTransRecipientInfoGenerator(certificate, oaep).setProvider(PROVIDER);
  }

  private static byte[] octets(SecureRandom random, int length) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    return octets;
  }
}
