package io.chancery.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.OpenSslTool;
import io.chancery.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without this program: openssl decrypts it, tar unpacks it, sha256sum agrees. */
class ForeignToolsReadABackupTest {
  @TempDir Path folder;
  private TestPostgres.Database source;
  private Path file;

  @BeforeEach
  void aBook() throws Exception {
    source = BookForBackup.filled(100);
    file = folder.resolve("book.cms");
  }

  @Test
  void forAPassphrase() throws Exception {
    BookForBackup.make(source, BookForBackup.passphrase(folder), file);
    unpack("-pwri_password", Files.readString(BookForBackup.secret(folder)).strip());
  }

  @Test
  void forAnEcKey() throws Exception {
    BookForBackup.make(source, BookForBackup.ecRecipient(folder), file);
    Backup.check(file, BookForBackup.key(folder, "ec"));
    unpack("-inkey", "ec.key", "-recip", "ec.pem");
  }

  @Test
  void forAnRsaKey() throws Exception {
    BookForBackup.make(source, BookForBackup.recipient(folder, "rsa", "rsa:2048"), file);
    Backup.check(file, BookForBackup.key(folder, "rsa"));
    unpack("-inkey", "rsa.key", "-recip", "rsa.pem");
  }

  @Test
  void forSeveralEachByItself() throws Exception {
    BookForBackup.ecRecipient(folder);
    BookForBackup.recipient(folder, "rsa", "rsa:2048");
    Protection both =
        Protection.ForRecipients.read(List.of(folder.resolve("ec.pem"), folder.resolve("rsa.pem")));
    BookForBackup.make(source, both, file);
    Backup.check(file, BookForBackup.key(folder, "ec"));
    Backup.check(file, BookForBackup.key(folder, "rsa"));
    unpack("-inkey", "ec.key", "-recip", "ec.pem");
    unpack("-inkey", "rsa.key", "-recip", "rsa.pem");
  }

  private void unpack(String... how) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("cms", "-decrypt", "-binary", "-inform", "DER", "-in", "book.cms"));
    arguments.addAll(List.of("-out", "book.tar.gz"));
    arguments.addAll(List.of(how));
    new OpenSslTool(folder).mustRun(arguments.toArray(String[]::new));
    shell("tar -xzf book.tar.gz");
    Manifest manifest = Manifest.parse("book", Files.readAllBytes(folder.resolve("manifest.json")));
    Manifest.Table certificates = manifest.table("certificate").orElseThrow();
    assertThat(certificates.data().rows()).isEqualTo(100);
    assertThat(shell("cat tables/certificate/* | sha256sum"))
        .startsWith(certificates.data().sha256());
    assertThat(shell("sha256sum papers/authority/authority.yaml"))
        .startsWith(manifest.papers().get("authority/authority.yaml"));
  }

  private String shell(String command) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
