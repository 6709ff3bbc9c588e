package io.chancery.hsm;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Opens the token that the operator names with {@code chancery.hsm.config}. */
final class HsmProducer {
  @Produces
  @Singleton
  Hsm hsm(@ConfigProperty(name = "chancery.hsm.config") Path config) {
    return Pkcs11Hsm.open(HsmConfig.load(config));
  }

  void close(@Disposes Hsm hsm) {
    hsm.close();
  }
}
