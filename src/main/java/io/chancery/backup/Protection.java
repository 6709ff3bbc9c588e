package io.chancery.backup;

import io.chancery.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;

/** Who shall be able to open a backup. */
public sealed interface Protection {
  /** Whoever knows the passphrase. */
  record ByPassphrase(Passphrase passphrase) implements Protection {}

  /** The holders of these certificates' keys; the machine that makes the backup cannot read it. */
  record ForRecipients(List<X509Certificate> certificates) implements Protection {
    private static final int SMALLEST_RSA = 2048;

    public ForRecipients {
      certificates = List.copyOf(certificates);
    }

    /** Reads certificates in PEM or DER, one a file. */
    public static ForRecipients read(List<Path> files) {
      return new ForRecipients(files.stream().map(ForRecipients::read).toList());
    }

    private static X509Certificate read(Path file) {
      try (InputStream in = Files.newInputStream(file)) {
        X509Certificate certificate =
            (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        return switch (certificate.getPublicKey()) {
          case ECPublicKey _ -> certificate;
          case RSAPublicKey rsa when rsa.getModulus().bitLength() >= SMALLEST_RSA -> certificate;
          default ->
              throw new Failure.Misconfigured(
                      file.toString(),
                      "a backup is encrypted to EC keys and to RSA keys of at least 2048 bits",
                      "give the certificate of such a key")
                  .thrown();
        };
      } catch (IOException | CertificateException cannot) {
        throw new Failure.Misconfigured(
                file.toString(),
                "holds no certificate that can be read",
                "give a certificate in PEM")
            .because(cannot);
      }
    }
  }
}
