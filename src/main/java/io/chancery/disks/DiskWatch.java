package io.chancery.disks;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Every folder that this process writes to. */
@Singleton
public final class DiskWatch {
  private final List<Disk> disks = new ArrayList<>();

  @Inject
  DiskWatch(
      @ConfigProperty(name = "quarkus.log.file.enabled", defaultValue = "false") boolean logs,
      @ConfigProperty(name = "quarkus.log.file.path") Optional<Path> log,
      @ConfigProperty(name = "chancery.ledger.copy") Optional<Path> copy,
      @ConfigProperty(name = "chancery.status.folder") Optional<Path> status,
      @ConfigProperty(name = "java.io.tmpdir") Path temporary,
      DiskConfig config,
      InstantSource clock) {
    long least = config.freeMib();
    log.filter(file -> logs)
        .map(file -> file.toAbsolutePath().getParent())
        .ifPresent(folder -> disks.add(new Disk("log", folder, least, clock)));
    copy.ifPresent(folder -> disks.add(new Disk("ledger's copy", folder, least, clock)));
    disks.add(new Disk("published CRLs", status.orElse(temporary), least, clock));
  }

  /**
   * A disk that is full, or nearly.
   *
   * @param what it is for
   */
  public record Trouble(String what, String why, Instant since) {}

  /** As the last look has found. */
  public List<Trouble> troubles() {
    return disks.stream()
        .filter(disk -> !disk.last().isWell())
        .map(disk -> new Trouble(disk.what(), disk.last().trouble(), disk.last().since()))
        .toList();
  }

  /** Tries all of them. */
  void look() {
    disks.forEach(Disk::look);
  }
}
