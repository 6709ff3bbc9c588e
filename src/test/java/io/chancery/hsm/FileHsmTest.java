package io.chancery.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.testing.TestToken;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHsmTest {
  private static final byte[] MESSAGE = {1, 2, 3};

  @TempDir Path folder;
  private Path keys;
  private Path password;

  @BeforeEach
  void password() throws Exception {
    keys = folder.resolve("keys");
    password = TestToken.secret(folder.resolve("password"), "correct horse battery staple");
  }

  @Test
  void keysSignAfterTheyAreReadBack() throws Exception {
    List<KeyId> made;
    try (FileHsm hsm = open()) {
      made =
          Stream.of("ec-p256", "ec-p384", "rsa-2048", "ed25519")
              .map(name -> hsm.generate(KeyAlgorithm.parse(name), name).id())
              .toList();
    }
    try (FileHsm hsm = open()) {
      assertThat(hsm.keys()).extracting(SigningKey::id).containsExactlyInAnyOrderElementsOf(made);
      for (KeyId id : made) {
        SigningKey key = hsm.key(id);
        assertThat(KeyProof.holds(key.publicKey(), MESSAGE, key.sign(MESSAGE))).isTrue();
        assertThat(mode(file(id))).isEqualTo("rw-------");
      }
      assertThat(hsm.health().working()).isTrue();
    }
    assertThat(mode(keys)).isEqualTo("rwx------");
    assertThat(keys.toFile().list()).hasSize(made.size());
  }

  @Test
  void opensslReadsTheFile() throws Exception {
    try (FileHsm hsm = FileHsm.open(keys, password, new SecureRandom())) {
      KeyId id = hsm.generate(KeyAlgorithm.EC_P256, "root").id();
      Process openssl =
          new ProcessBuilder(
                  "openssl",
                  "pkey",
                  "-in",
                  file(id).toString(),
                  "-passin",
                  "file:" + password,
                  "-noout")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      assertThat(openssl.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(openssl.exitValue()).isZero();
    }
  }

  @Test
  void aLabelIsUsedOnce() {
    try (FileHsm hsm = open()) {
      hsm.generate(KeyAlgorithm.EC_P256, "root");
      assertThatThrownBy(() -> hsm.generate(KeyAlgorithm.EC_P256, "root"))
          .isInstanceOfSatisfying(PkiException.class, this::isConflict);
      assertThatThrownBy(() -> hsm.generate(KeyAlgorithm.EC_P256, "a\nLabel: b"))
          .hasMessageContaining("printable");
    }
  }

  @Test
  void anotherPasswordOpensNothing() throws Exception {
    open().generate(KeyAlgorithm.EC_P256, "root");
    TestToken.secret(password, "wrong");
    assertThatThrownBy(this::open).hasMessageContaining("cannot be read with this password");
  }

  @Test
  void aFileThatOthersMayReadIsRefused() throws Exception {
    KeyId id = open().generate(KeyAlgorithm.EC_P256, "root").id();
    Files.setPosixFilePermissions(file(id), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(this::open).hasMessageContaining("others may read");
  }

  @Test
  void damagedAndExchangedFilesAreRefusedInWords() throws Exception {
    FileHsm hsm = open();
    KeyId one = hsm.generate(KeyAlgorithm.EC_P256, "one").id();
    KeyId two = hsm.generate(KeyAlgorithm.EC_P256, "two").id();
    String text = Files.readString(file(one));
    String exchanged = Files.readString(file(two));
    Files.delete(file(two));
    for (String damaged :
        List.of(
            "",
            text.replace("Label: one\n", ""),
            text.replace("ec-p256", "rsa-2048"),
            text.replace("ENCRYPTED PRIVATE", "PRIVATE"),
            text.substring(0, text.length() / 2),
            exchanged)) {
      Files.writeString(file(one), damaged);
      assertThatThrownBy(this::open)
          .isInstanceOfSatisfying(
              PkiException.class,
              refused -> assertThat(refused.failure()).isInstanceOf(Failure.Misconfigured.class));
    }
  }

  @Test
  void nothingShowsTheKey() {
    try (FileHsm hsm = open()) {
      SigningKey key = hsm.generate(KeyAlgorithm.EC_P256, "root");
      assertThat(key).hasToString("key " + key.id() + " in a file");
    }
  }

  private FileHsm open() {
    return FileHsm.open(keys, password, new SecureRandom(), new KeyEncryption(1_000));
  }

  private Path file(KeyId id) {
    return keys.resolve(id + ".pem");
  }

  private void isConflict(PkiException refused) {
    assertThat(refused.failure()).isInstanceOf(Failure.Conflict.class);
  }

  private static String mode(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
