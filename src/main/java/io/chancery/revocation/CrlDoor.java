package io.chancery.revocation;

import io.chancery.HttpDate;
import io.chancery.PkiException;
import io.chancery.x509.IssuerName;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * CRLs over http (RFC 5280 s4.2.1.13, RFC 9110): the file that is there goes out as it is, whole or
 * a part of it, compressed where the client takes that. Never one past its nextUpdate.
 */
public final class CrlDoor {
  private static final Logger LOG = Logger.getLogger(CrlDoor.class);
  private static final Pattern PATH = Pattern.compile("/crl/([^/]+?)(?:/([^/]+))?\\.crl");
  private static final String TYPE = "application/pkix-crl";
  private static final int RETRY_SECONDS = 2;

  private final CrlFiles files;
  private final InstantSource clock;
  private final Duration recheck;

  /**
   * @param recheck how long a cache may keep a CRL without asking whether there is a newer one
   */
  public CrlDoor(CrlFiles files, InstantSource clock, Duration recheck) {
    this.files = files;
    this.clock = clock;
    this.recheck = recheck;
  }

  /** Answers; does not block. */
  public void handle(HttpServerRequest request) {
    HttpMethod method = request.method();
    if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
      request.response().putHeader("Allow", "GET, HEAD");
      refuse(request, 405, "method-not-allowed", "A CRL can be read and nothing else");
      return;
    }
    String uri = request.uri();
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    Optional<CrlFile> file = files.at(path);
    if (file.isEmpty()) {
      missing(request, path);
    } else if (clock.instant().isBefore(file.get().crl().nextUpdate())) {
      answer(request, CrlRepresentation.chosen(file.get(), request.getHeader("Accept-Encoding")));
    } else {
      // RFC 5280 s5.1.2.5: after nextUpdate nobody should rely on it.
      retry(request);
    }
  }

  private void missing(HttpServerRequest request, String path) {
    Matcher parts = PATH.matcher(path);
    if (!parts.matches()) {
      refuse(request, 404, "not-found", "There is no such CRL");
      return;
    }
    Optional<IssuerName> issuer = issuer(parts.group(1));
    if (issuer.isEmpty()) {
      refuse(request, 400, "malformed", "This is no name of an issuer");
    } else if (files.knows(issuer.get()) && parts.group(2) == null) {
      retry(request);
    } else {
      refuse(request, 404, "not-found", "There is no such CRL");
    }
  }

  private static Optional<IssuerName> issuer(String name) {
    try {
      return Optional.of(new IssuerName(name));
    } catch (PkiException malformed) {
      return Optional.empty();
    }
  }

  private void retry(HttpServerRequest request) {
    request.response().putHeader("Retry-After", String.valueOf(RETRY_SECONDS));
    refuse(request, 503, "unavailable", "No CRL is in force yet");
  }

  private void answer(HttpServerRequest request, CrlRepresentation file) {
    HttpServerResponse response = request.response();
    PublishedCrl crl = file.crl();
    Instant now = clock.instant();
    response
        .putHeader("ETag", file.tag())
        .putHeader("Last-Modified", HttpDate.text(crl.thisUpdate()))
        .putHeader("Expires", HttpDate.text(crl.nextUpdate()))
        .putHeader("Cache-Control", "public, max-age=" + age(now, crl.nextUpdate()))
        .putHeader("Vary", "Accept-Encoding")
        .putHeader("Accept-Ranges", "bytes");
    if (Preconditions.isKnown(
        Optional.ofNullable(request.getHeader("If-None-Match")),
        Optional.ofNullable(request.getHeader("If-Modified-Since")),
        file.tag(),
        crl.thisUpdate())) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader("Content-Type", TYPE);
    file.encoding().ifPresent(encoding -> response.putHeader("Content-Encoding", encoding));
    ByteRange range = range(request, file);
    switch (range) {
      case ByteRange.Whole whole -> send(request, file, 0, file.octets());
      case ByteRange.Part part -> {
        response.setStatusCode(206).putHeader("Content-Range", part.text() + "/" + file.octets());
        send(request, file, part.first(), part.length());
      }
      case ByteRange.None none -> {
        response.headers().remove("Content-Encoding");
        response.putHeader("Content-Range", "bytes */" + file.octets());
        refuse(request, 416, "range", "The CRL is not as long as that");
      }
    }
  }

  private static ByteRange range(HttpServerRequest request, CrlRepresentation file) {
    String range = request.getHeader("Range");
    // RFC 9110 s14.2: a range is a matter of GET; s13.1.5: of this very representation.
    if (range == null
        || !request.method().equals(HttpMethod.GET)
        || !Preconditions.isSame(Optional.ofNullable(request.getHeader("If-Range")), file.tag())) {
      return new ByteRange.Whole();
    }
    return ByteRange.of(range, file.octets());
  }

  private static void send(
      HttpServerRequest request, CrlRepresentation file, long first, long length) {
    HttpServerResponse response = request.response();
    response.putHeader("Content-Length", String.valueOf(length));
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
      return;
    }
    response
        .sendFile(file.path().toString(), first, length)
        .onFailure(
            gone -> {
              LOG.debugf("%s was not sent: %s", file.path(), gone.getMessage());
              request.connection().close();
            });
  }

  private long age(Instant now, Instant nextUpdate) {
    Duration left = Duration.between(now, nextUpdate);
    return Math.max(0, (left.compareTo(recheck) < 0 ? left : recheck).toSeconds());
  }

  private static void refuse(HttpServerRequest request, int status, String kind, String title) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Cache-Control", "no-store")
        .putHeader("Content-Type", "application/problem+json")
        .end(
            "{\"type\":\"urn:chancery:problem:%s\",\"status\":%d,\"title\":\"%s\","
                    .formatted(kind, status, title)
                + "\"detail\":\"see the CDP of the certificate in question\","
                + "\"remedy\":\"ask for /crl/{issuer}.crl\"}");
  }
}
