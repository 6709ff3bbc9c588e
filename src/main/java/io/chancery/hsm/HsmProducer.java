package io.chancery.hsm;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Opens the token that the operator names with {@code chancery.hsm.config}. */
final class HsmProducer {
  @Produces
  @Singleton
  Hsm hsm(
      @ConfigProperty(name = "chancery.hsm.config") Path config,
      InstantSource clock,
      MeterRegistry meters) {
    Hsm hsm = Pkcs11Hsm.open(HsmConfig.load(config), clock);
    HsmMeters.register(hsm, meters);
    return hsm;
  }

  void close(@Disposes Hsm hsm) {
    hsm.close();
  }
}
