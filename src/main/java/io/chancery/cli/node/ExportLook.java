package io.chancery.cli.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;

/** What {@code chancery export-status} has written, each time it has written anew. */
final class ExportLook implements Follower.Look {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Path export;
  private final Holdings holdings;
  private Optional<FileTime> read = Optional.empty();

  ExportLook(Path export, Holdings holdings) {
    this.export = export;
    this.holdings = holdings;
  }

  /** The summary is what an export writes last. */
  @Override
  public void look() throws IOException {
    FileTime written = Files.getLastModifiedTime(export.resolve(StaticFiles.SUMMARY));
    if (read.filter(written::equals).isEmpty()) {
      holdings.takeFrom(export.resolve(StaticFiles.NODE));
      read = Optional.of(written);
    }
  }

  @Override
  public void rest() throws InterruptedException {
    Thread.sleep(LOOK);
  }

  @Override
  public void reset() {}
}
