package io.chancery.cli;

import io.chancery.Failure;
import io.chancery.backup.Backup;
import io.chancery.backup.Passphrase;
import io.chancery.backup.Protection;
import io.chancery.backup.Summary;
import io.chancery.cli.local.LocalDatabase;
import io.chancery.cli.local.LocalInstance;
import io.chancery.cli.local.Progress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The database and the public papers in one encrypted file. */
@Command(
    name = "backup",
    header = "Write the database to one encrypted file, and check it.",
    description = {
      "",
      "The service may run meanwhile: the file holds one moment. It is read back, decrypted and "
          + "compared before it gets its name. It holds no key and no PIN; the HSM has its own "
          + "backup. With --recipient the machine that makes backups cannot read them.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  chancery backup --passphrase-file secret.txt",
      "  chancery backup --recipient safe.pem --recipient other-safe.pem /mnt/backups/today.cms",
      "  chancery backup --check today.cms --passphrase-file secret.txt",
      "More in docs/backup.md."
    })
final class BackupCommand implements Callable<Integer> {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'chancery-'yyyyMMdd'T'HHmmss'Z.cms'").withZone(ZoneOffset.UTC);

  @Spec private CommandSpec spec;
  @Mixin private LocalInstance instance;
  @Mixin private BackupKeys keys;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "Where it goes (default: chancery-TIME.cms, here). Never overwritten.")
  private Optional<Path> file;

  @Option(
      names = "--recipient",
      paramLabel = "CERTIFICATE",
      description =
          "Encrypt to the key of this certificate (RSA or EC) instead of a passphrase. May be "
              + "repeated: each can open the file by itself.")
  private List<Path> recipients = List.of();

  @Option(
      names = "--check",
      paramLabel = "FILE",
      description = "Check an old backup instead of making one.")
  private Optional<Path> check;

  @Override
  public Integer call() {
    InstantSource clock = InstantSource.system();
    Instant start = clock.instant();
    Progress progress = new Progress(spec.commandLine().getOut(), clock);
    Summary summary =
        check.isPresent()
            ? Backup.check(check.get(), keys.unlocking())
            : make(new Backup(new SecureRandom(), clock, progress), clock, progress);
    SummaryLines.of(summary, start, clock.instant()).forEach(spec.commandLine().getOut()::println);
    return 0;
  }

  private Summary make(Backup backup, InstantSource clock, Progress progress) {
    Protection protection = protection();
    Path target = file.orElseGet(() -> Path.of(NAME.format(clock.instant())));
    try (LocalDatabase database = instance.open(progress);
        Connection connection = database.connect()) {
      return backup.make(connection, Papers.of(instance), protection, target);
    } catch (SQLException closing) {
      throw new IllegalStateException(closing);
    }
  }

  private Protection protection() {
    if (recipients.isEmpty()) {
      return new Protection.ByPassphrase(Passphrase.read(keys.passphraseFile()));
    }
    if (keys.isGiven()) {
      throw new Failure.Misconfigured(
              "--recipient",
              "is given together with --passphrase-file",
              "choose one: recipients' keys, or a passphrase")
          .thrown();
    }
    return Protection.ForRecipients.read(recipients);
  }
}
