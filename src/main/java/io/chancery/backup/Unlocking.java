package io.chancery.backup;

import io.chancery.Failure;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/** What opens a backup. */
public sealed interface Unlocking {
  record ByPassphrase(Passphrase passphrase) implements Unlocking {}

  /** A recipient's private key. */
  record ByKey(PrivateKey key) implements Unlocking {
    /** Reads a key in PEM: PKCS#8, also encrypted, or openssl's older forms. */
    public static ByKey read(Path file, Optional<Path> passphraseFile) {
      try (Reader text = Files.newBufferedReader(file);
          PEMParser pem = new PEMParser(text)) {
        for (Object found = pem.readObject(); found != null; found = pem.readObject()) {
          Optional<PrivateKeyInfo> key = key(file, found, passphraseFile);
          if (key.isPresent()) {
            return new ByKey(
                new JcaPEMKeyConverter().setProvider(Envelope.PROVIDER).getPrivateKey(key.get()));
          }
        }
        throw new Failure.Misconfigured(
                file.toString(), "holds no private key in PEM", "give the recipient's key")
            .thrown();
      } catch (IOException | OperatorCreationException | PKCSException cannot) {
        throw new Failure.Misconfigured(
                file.toString(),
                "holds no private key that can be read",
                "give the recipient's key in PEM, and --key-passphrase-file where it is encrypted")
            .because(cannot);
      }
    }

    private static Optional<PrivateKeyInfo> key(
        Path file, Object found, Optional<Path> passphraseFile)
        throws OperatorCreationException, PKCSException {
      return switch (found) {
        case PrivateKeyInfo plain -> Optional.of(plain);
        case PEMKeyPair pair -> Optional.of(pair.getPrivateKeyInfo());
        case PKCS8EncryptedPrivateKeyInfo encrypted -> {
          Path secret =
              passphraseFile.orElseThrow(
                  () ->
                      new Failure.Misconfigured(
                              file.toString(), "is encrypted", "give --key-passphrase-file as well")
                          .thrown());
          yield Optional.of(
              encrypted.decryptPrivateKeyInfo(
                  new JceOpenSSLPKCS8DecryptorProviderBuilder()
                      .setProvider(Envelope.PROVIDER)
                      .build(Passphrase.ofKey(secret).characters())));
        }
        default -> Optional.empty();
      };
    }

    @Override
    public String toString() {
      return "ByKey";
    }
  }

  /** The key of the run that writes a backup for others, with which it can check what it wrote. */
  record ByRun(SecretKey key) implements Unlocking {
    @Override
    public String toString() {
      return "ByRun";
    }
  }
}
