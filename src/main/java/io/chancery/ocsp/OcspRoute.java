package io.chancery.ocsp;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * OCSP over HTTP (RFC 6960 appendix A): POST with the request as the body, GET with it as base64 in
 * the path. A raw route, because the router's decoded paths break the base64 of a GET.
 */
@Singleton
final class OcspRoute {
  private static final Logger LOG = Logger.getLogger(OcspRoute.class);
  private static final String PATH = "/ocsp";
  private static final String REQUEST = "application/ocsp-request";
  private static final String RESPONSE = "application/ocsp-response";

  private final Responder responder;
  private final OcspConfig config;
  private final InstantSource clock;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @Inject
  OcspRoute(Responder responder, OcspConfig config, InstantSource clock) {
    this.responder = responder;
    this.config = config;
    this.clock = clock;
  }

  void register(@Observes Router router) {
    router
        .route(HttpMethod.POST, PATH)
        .order(0)
        .handler(BodyHandler.create(false).setBodyLimit(OcspRequest.LARGEST))
        .handler(this::post)
        .failureHandler(OcspRoute::failed);
    for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.HEAD)) {
      router
          .route(method, PATH + "/*")
          .order(0)
          .handler(this::get)
          .failureHandler(OcspRoute::failed);
    }
  }

  private void post(RoutingContext context) {
    String type = context.request().getHeader("Content-Type");
    if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase(REQUEST)) {
      context.response().setStatusCode(415).putHeader("Accept", REQUEST).end();
      return;
    }
    Buffer body = context.body().buffer();
    byte[] octets = body == null ? new byte[0] : body.getBytes();
    answer(context, octets, Caching.NEVER);
  }

  private void get(RoutingContext context) {
    HttpServerRequest request = context.request();
    String undecoded = request.uri();
    int query = undecoded.indexOf('?');
    String path = query < 0 ? undecoded : undecoded.substring(0, query);
    byte[] octets = decoded(path.substring(Math.min(path.length(), PATH.length() + 1)));
    answer(context, octets, Caching.SHORT);
  }

  private void answer(RoutingContext context, byte[] octets, Caching caching) {
    threads.execute(
        () -> {
          try {
            send(context, responder.answer(octets), caching);
          } catch (RuntimeException bug) {
            context.fail(500, bug);
          }
        });
  }

  private enum Caching {
    NEVER,
    SHORT
  }

  /** A path that is no base64 becomes no octets, which the parser refuses in OCSP's own words. */
  private static byte[] decoded(String escaped) {
    try {
      // URLDecoder turns '+' into a space; in base64 it is a digit, escaped by the client or not.
      String base64 = URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.US_ASCII);
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }

  private void send(RoutingContext context, Responder.Answer answer, Caching caching) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.putHeader("Content-Type", RESPONSE);
    response.putHeader("Cache-Control", cacheControl(answer, caching));
    byte[] octets = answer.der().octets();
    response.putHeader("Content-Length", String.valueOf(octets.length));
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(Buffer.buffer(octets));
    }
  }

  /** RFC 5019 s6.2: never past nextUpdate; what must not be shared is not kept at all. */
  private String cacheControl(Responder.Answer answer, Caching caching) {
    if (caching == Caching.NEVER || answer.nextUpdate().isEmpty()) {
      return "no-store";
    }
    Instant now = clock.instant();
    Duration left = Duration.between(now, answer.nextUpdate().get());
    Duration age = left.compareTo(config.cacheable()) < 0 ? left : config.cacheable();
    return "max-age=" + Math.max(0, age.toSeconds()) + ",public,no-transform,must-revalidate";
  }

  private static void failed(RoutingContext context) {
    int status = context.statusCode();
    if (status < 400 || status >= 500) {
      LOG.error("an OCSP request failed", context.failure());
      status = 500;
    }
    if (!context.response().ended()) {
      context.response().setStatusCode(status).end();
    }
  }
}
