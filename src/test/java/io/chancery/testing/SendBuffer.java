package io.chancery.testing;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The kernel's buffer for what a client has not taken, small where a test fills it. */
@Singleton
public class SendBuffer implements HttpServerOptionsCustomizer {
  private final Optional<Integer> octets;

  SendBuffer(@ConfigProperty(name = "chancery.testing.send-buffer") Optional<Integer> octets) {
    this.octets = octets;
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    octets.ifPresent(options::setSendBufferSize);
  }
}
