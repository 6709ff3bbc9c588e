package io.chancery.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Failure;
import io.chancery.testing.Refusals;
import io.chancery.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing here has a database to touch: the whole file is checked before one is asked for. */
class ADamagedBackupIsRefusedTest {
  @TempDir static Path folder;
  private static byte[] good;
  private static Unlocking key;

  @BeforeAll
  static void aBackup() throws Exception {
    TestPostgres.Database source = BookForBackup.filled(300);
    Path file = folder.resolve("good.cms");
    BookForBackup.make(source, BookForBackup.ecRecipient(folder), file);
    good = Files.readAllBytes(file);
    key = BookForBackup.key(folder, "ec");
    Backup.check(file, key);
  }

  @Test
  void aFlippedOctetAnywhere() throws Exception {
    int head = 600;
    IntStream places =
        IntStream.concat(
            IntStream.range(0, head),
            IntStream.concat(
                IntStream.iterate(head, it -> it < good.length, it -> it + 997),
                IntStream.range(good.length - 40, good.length)));
    for (int place : places.toArray()) {
      byte[] flipped = good.clone();
      flipped[place] ^= 0x10;
      if (place < head && harmless(flipped)) {
        continue;
      }
      assertRefused(flipped, "octet " + place);
    }
  }

  /**
   * A name of a recipient is only a hint which key to take, and the wrapping for the run that made
   * the file is nobody's any more: whoever changes them changes nothing that is restored.
   */
  private static boolean harmless(byte[] flipped) throws Exception {
    Path file = Files.write(folder.resolve("hint.cms"), flipped);
    try {
      return new BackupFile(file, key)
          .read(ArchiveReader.TableSink.NOWHERE)
          .manifest()
          .equals(
              new BackupFile(folder.resolve("good.cms"), key)
                  .read(ArchiveReader.TableSink.NOWHERE)
                  .manifest());
    } catch (io.chancery.PkiException refused) {
      return false;
    }
  }

  @Test
  void aFileCutShortAnywhere() throws Exception {
    for (int length :
        new int[] {0, 1, 20, 300, 700, good.length / 2, good.length - 30, good.length - 1}) {
      assertRefused(Arrays.copyOf(good, length), "cut at " + length);
    }
  }

  @Test
  void somethingAfterItsEnd() throws Exception {
    assertRefused(Arrays.copyOf(good, good.length + 1), "an octet more");
  }

  @Test
  void whatIsNoBackupAtAll() throws Exception {
    byte[] noise = new byte[5000];
    RandomGenerator.of("L64X128MixRandom").nextBytes(noise);
    assertRefused(noise, "noise");
    assertRefused("-----BEGIN CERTIFICATE-----\n".getBytes(), "text");
    assertRefused(new byte[] {0x30, (byte) 0x80}, "an empty sequence");
  }

  @Test
  void aWrongPassphrase() throws Exception {
    Path file = folder.resolve("by-passphrase.cms");
    BookForBackup.make(BookForBackup.migrated(), BookForBackup.passphrase(folder), file);
    Path other = Files.writeString(folder.resolve("other"), "not the right one\n");
    assertThat(
            Refusals.of(
                () -> Backup.check(file, new Unlocking.ByPassphrase(Passphrase.read(other)))))
        .isInstanceOfSatisfying(
            Failure.Refused.class, it -> assertThat(it.rule()).isEqualTo("backup-passphrase"));
    assertThat(Refusals.of(() -> Backup.check(file, key)).remedy()).contains("--passphrase-file");
    assertThat(
            Backup.check(
                    file, new Unlocking.ByPassphrase(Passphrase.read(BookForBackup.secret(folder))))
                .rows())
        .isPositive();
  }

  @Test
  void aShortPassphrase() throws Exception {
    Path few = Files.writeString(folder.resolve("few"), "12345\n");
    assertThat(Refusals.of(() -> Passphrase.read(few))).isInstanceOf(Failure.Misconfigured.class);
  }

  @Test
  void aStrangersKey() throws Exception {
    BookForBackup.recipient(folder, "stranger", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
    Unlocking stranger = Unlocking.ByKey.read(folder.resolve("stranger.key"), Optional.empty());
    assertThat(Refusals.of(() -> Backup.check(folder.resolve("good.cms"), stranger)))
        .isInstanceOfSatisfying(
            Failure.Refused.class, it -> assertThat(it.rule()).isEqualTo("backup-key"));
  }

  private static void assertRefused(byte[] octets, String what) throws Exception {
    Path file =
        Files.write(
            folder.resolve("bad.cms"),
            octets,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING);
    Failure failure = Refusals.of(() -> Restoration.of(file, key, BookForBackup.CLOCK, step -> {}));
    assertThat(failure).as(what).isInstanceOfAny(Failure.Malformed.class, Failure.Refused.class);
    assertThat(failure.detail()).as(what).hasLineCount(1);
  }
}
