package io.chancery.cli;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.x509.Der;
import io.chancery.x509.Pem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;

/** Keys and certificates in PEM files, as nginx, curl and openssl read them. */
final class PemFiles {
  private static final String PRIVATE_KEY = "PRIVATE KEY";

  private PemFiles() {}

  /** Every certificate of a file, at least one. */
  static List<X509Certificate> certificates(Path file) {
    List<Der> blocks = Pem.decode(Pem.CERTIFICATE, text(file));
    if (blocks.isEmpty()) {
      throw unusable(file, "holds no certificate in PEM");
    }
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      List<X509Certificate> certificates = new ArrayList<>();
      for (Der block : blocks) {
        certificates.add(
            (X509Certificate)
                factory.generateCertificate(new ByteArrayInputStream(block.octets())));
      }
      return List.copyOf(certificates);
    } catch (CertificateException unreadable) {
      throw unusable(file, "holds a certificate that cannot be read", unreadable);
    }
  }

  /** The private key that belongs to {@code certificate}, in PKCS#8 (RFC 5958). */
  static PrivateKey privateKey(Path file, X509Certificate certificate) {
    List<Der> blocks = Pem.decode(PRIVATE_KEY, text(file));
    if (blocks.size() != 1) {
      throw unusable(file, "holds no unencrypted PKCS#8 key (-----BEGIN PRIVATE KEY-----)");
    }
    try {
      return KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(blocks.getFirst().octets()));
    } catch (GeneralSecurityException otherKind) {
      throw unusable(file, "holds a key of another kind than its certificate", otherKind);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException absent) {
      throw unusable(file, "there is no such file", absent);
    } catch (IOException cannot) {
      throw unusable(file, "cannot be read", cannot);
    }
  }

  /** A new file that only its owner may read; one that is there is never overwritten. */
  static void createPrivateKey(Path file, PrivateKey key) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          file, Pem.encode(PRIVATE_KEY, Der.of(key.getEncoded())), StandardOpenOption.DSYNC);
    } catch (FileAlreadyExistsException there) {
      throw new Failure.Conflict(
              file.toString(),
              "is there already",
              "renew what is there with chancery renew, or choose another folder with --out")
          .because(there);
    } catch (IOException cannot) {
      throw unusable(file, "cannot be written", cannot);
    }
  }

  /** Writes a file that everyone may read, whole or not at all. */
  static void write(Path file, String text) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(fresh, text);
      move(fresh, file);
    } catch (IOException cannot) {
      throw unusable(file, "cannot be written", cannot);
    }
  }

  /** Puts {@code fresh} in the place of {@code file}. */
  static void move(Path fresh, Path file) {
    try {
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException cannot) {
      throw unusable(file, "cannot be written", cannot);
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException cannot) {
      throw unusable(file, "cannot be removed", cannot);
    }
  }

  private static PkiException unusable(Path file, String reason) {
    return new Failure.Misconfigured(file.toString(), reason, "give another file").thrown();
  }

  private static PkiException unusable(Path file, String reason, Exception cause) {
    return new Failure.Misconfigured(
            file.toString(), reason, "give another file, or look at its permissions")
        .because(cause);
  }
}
