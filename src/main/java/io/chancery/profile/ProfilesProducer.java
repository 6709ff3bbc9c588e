package io.chancery.profile;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reads the profiles: those in {@code chancery.profiles}, else the shipped ones. */
final class ProfilesProducer {
  @Produces
  @Singleton
  Profiles profiles(@ConfigProperty(name = "chancery.profiles") Optional<Path> folder) {
    return folder.map(Profiles::load).orElseGet(Profiles::shipped);
  }
}
