package io.chancery.issuance;

import io.chancery.hsm.Hsm;
import io.chancery.warrant.SigningSwitch;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Opens the issuers of {@code chancery.authority} with their keys in the token. */
final class IssuersProducer {
  @Produces
  @Singleton
  AuthorityFile authority(@ConfigProperty(name = "chancery.authority") Path file) {
    return AuthorityFile.load(file);
  }

  @Produces
  @Singleton
  StatusAddresses addresses(
      @ConfigProperty(name = "chancery.public-url") URI base, ShardConfig config) {
    return new StatusAddresses(base, config.shards());
  }

  @Produces
  @Singleton
  Issuers issuers(
      AuthorityFile authority,
      Hsm hsm,
      StatusAddresses addresses,
      SigningSwitch signing,
      InstantSource clock) {
    return Issuers.open(authority, hsm, addresses, signing, clock.instant());
  }

  @Produces
  @Singleton
  AuthorityCertificates certificates(SecureRandom random, InstantSource clock) {
    return new AuthorityCertificates(random, clock);
  }
}
