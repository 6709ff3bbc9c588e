package io.chancery.revocation;

import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Opens the folder of published CRLs, and the door before it. */
final class CrlFilesProducer {
  private static final Logger LOG = Logger.getLogger(CrlFilesProducer.class);
  private static final Duration RECHECK = Duration.ofSeconds(30);

  @Produces
  @Singleton
  CrlFiles files(
      @ConfigProperty(name = "chancery.status.folder") Optional<Path> folder,
      Issuers issuers,
      InstantSource clock) {
    return CrlFiles.open(
        folder.orElseGet(CrlFilesProducer::fresh),
        issuers.all().stream().collect(Collectors.toMap(Issuer::name, Issuer::keyId)),
        clock);
  }

  /** A fresh folder ends with the process; of one that is killed it is left. */
  void close(
      @Disposes CrlFiles files,
      @ConfigProperty(name = "chancery.status.folder") Optional<Path> folder) {
    if (folder.isEmpty()) {
      delete(files.folder());
    }
  }

  private static void delete(Path fresh) {
    try (Stream<Path> all = Files.list(fresh)) {
      for (Path one : all.toList()) {
        Files.deleteIfExists(one);
      }
      Files.deleteIfExists(fresh);
    } catch (IOException left) {
      LOG.debugf("%s is left: %s", fresh, left);
    }
  }

  @Produces
  @Singleton
  CrlDoor door(CrlFiles files, InstantSource clock) {
    return new CrlDoor(files, clock, RECHECK);
  }

  private static Path fresh() {
    try {
      return Files.createTempDirectory("chancery-crl");
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }
}
