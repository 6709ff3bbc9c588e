package io.chancery.api.limits;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * The listener without TLS speaks HTTP/1.1 alone. RFC 9113 s3.1: the upgrade to HTTP/2 in
 * mid-connection is obsolete; a client that asks for it is answered as if it had not.
 */
@Singleton
class PlainListener implements HttpServerOptionsCustomizer {
  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options.setHttp2ClearTextEnabled(false);
  }
}
