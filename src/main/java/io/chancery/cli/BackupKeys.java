package io.chancery.cli;

import io.chancery.Failure;
import io.chancery.backup.Passphrase;
import io.chancery.backup.Unlocking;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What opens a backup, as the operator gives it. */
final class BackupKeys {
  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "File with the passphrase in its first line.")
  private Optional<Path> passphraseFile;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "A recipient's private key in PEM; opens what --recipient made.")
  private Optional<Path> key;

  @Option(
      names = "--key-passphrase-file",
      paramLabel = "FILE",
      description = "File with the passphrase of that key, where it has one.")
  private Optional<Path> keyPassphraseFile;

  boolean isGiven() {
    return passphraseFile.isPresent() || key.isPresent();
  }

  Path passphraseFile() {
    return passphraseFile.orElseThrow(
        () ->
            new Failure.Misconfigured(
                    "the backup's protection",
                    "is missing",
                    "give --passphrase-file, or certificates with --recipient")
                .thrown());
  }

  Unlocking unlocking() {
    if (passphraseFile.isPresent() == key.isPresent()) {
      throw new Failure.Misconfigured(
              "the backup's key",
              key.isPresent() ? "is given twice" : "is missing",
              "give either --passphrase-file or --key")
          .thrown();
    }
    return key.isPresent()
        ? Unlocking.ByKey.read(key.get(), keyPassphraseFile)
        : new Unlocking.ByPassphrase(Passphrase.read(passphraseFile()));
  }
}
