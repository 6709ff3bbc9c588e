package io.chancery.cli.node;

import io.chancery.PkiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Brings a node what {@code chancery export-status} has written, each time it writes anew. */
final class FolderFollower implements Follower {
  private static final Logger LOG = Logger.getLogger(FolderFollower.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Path export;
  private final Holdings holdings;
  private final InstantSource clock;
  private final Thread thread;
  private Optional<FileTime> read = Optional.empty();
  private volatile Instant knownUntil = Instant.EPOCH;
  private volatile String trouble = "";
  private volatile boolean stopped;

  FolderFollower(Path export, Holdings holdings, InstantSource clock) {
    this.export = export;
    this.holdings = holdings;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("export").unstarted(this::follow);
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void readOnce() {
    try {
      look();
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  @Override
  public Instant knownUntil() {
    return knownUntil;
  }

  @Override
  public String trouble() {
    return trouble;
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.interrupt();
    thread.join(Duration.ofSeconds(2));
  }

  private void follow() {
    while (!stopped) {
      try {
        look();
        trouble = "";
      } catch (IOException | PkiException unreadable) {
        if (trouble.isEmpty()) {
          LOG.warnf("what is held is served, %s cannot be read: %s", export, unreadable);
        }
        trouble = String.valueOf(unreadable.getMessage());
      }
      pause();
    }
  }

  private void pause() {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      stopped = true;
    }
  }

  /** The summary is what an export writes last. */
  private void look() throws IOException {
    FileTime written = Files.getLastModifiedTime(export.resolve(StaticFiles.SUMMARY));
    if (read.filter(written::equals).isEmpty()) {
      holdings.takeFrom(export.resolve(StaticFiles.NODE));
      read = Optional.of(written);
    }
    knownUntil = clock.instant();
  }
}
