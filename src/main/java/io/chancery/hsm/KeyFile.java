package io.chancery.hsm;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.x509.Der;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyPairs;
import io.chancery.x509.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;

/**
 * One key in one file, {@code KEYID.pem}: two lines that say what it is, the encrypted private key
 * and the public key. Foreign tools read it ({@code openssl pkey -in}).
 */
final class KeyFile {
  static final String SUFFIX = ".pem";

  private static final String PRIVATE = "ENCRYPTED PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";
  private static final long LARGEST = 64 * 1024;
  private static final byte[] TRIAL =
      "Chancery: proof of a key in a file".getBytes(StandardCharsets.US_ASCII);

  private KeyFile() {}

  static String encode(FileKey key, byte[] encrypted) {
    return "Label: "
        + key.label()
        + "\nAlgorithm: "
        + key.publicKey().algorithm()
        + "\n"
        + Pem.encode(PRIVATE, Der.of(encrypted))
        + Pem.encode(PUBLIC, key.publicKey().info());
  }

  /** Refuses a file that others may read, another password, and a key that does not sign. */
  static FileKey read(Path file, Secret password) throws IOException {
    PrivateFile.check(file);
    if (Files.size(file) > LARGEST) {
      throw broken(file, "it is larger than " + LARGEST + " octets").thrown();
    }
    try {
      FileKey key = decode(Files.readString(file, StandardCharsets.US_ASCII), password);
      if (!file.getFileName().toString().equals(key.id() + SUFFIX)) {
        throw broken(file, "the key in it is " + key.id()).thrown();
      }
      if (!KeyProof.holds(key.publicKey(), TRIAL, key.sign(Purpose.PROOF, TRIAL))) {
        throw broken(file, "its two keys do not belong together").thrown();
      }
      return key;
    } catch (GeneralSecurityException | IOException unreadable) {
      throw new Failure.Misconfigured(
              file.toString(),
              "the key cannot be read with this password",
              "check the password file; a damaged key comes back from its backup only")
          .because(unreadable);
    } catch (PkiException malformed) {
      throw malformed.failure() instanceof Failure.Malformed
          ? broken(file, malformed.failure().detail()).because(malformed)
          : malformed;
    }
  }

  private static FileKey decode(String text, Secret password)
      throws GeneralSecurityException, IOException {
    KeyAlgorithm algorithm = KeyAlgorithm.parse(line(text, "Algorithm: "));
    byte[] encrypted = Pem.decodeOne(PRIVATE, text).octets();
    byte[] plain = KeyEncryption.decrypt(encrypted, password);
    try {
      byte[] info = Pem.decodeOne(PUBLIC, text).octets();
      return FileKey.of(line(text, "Label: "), KeyPairs.read(algorithm, info, plain));
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static String line(String text, String name) {
    List<String> found = text.lines().filter(line -> line.startsWith(name)).toList();
    if (found.size() != 1) {
      throw new Failure.Malformed(
              "key file", "", "no single line '" + name.strip() + "'", "Chancery key files")
          .thrown();
    }
    return found.getFirst().substring(name.length());
  }

  private static Failure broken(Path file, String reason) {
    return new Failure.Misconfigured(
        file.toString(), reason, "put back the file that was written, from its backup");
  }
}
