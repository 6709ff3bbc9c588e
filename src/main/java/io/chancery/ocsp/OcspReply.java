package io.chancery.ocsp;

import io.chancery.HttpDate;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers as HTTP responses, with what caches must know (RFC 5019 s6). */
final class OcspReply {
  private static final CharSequence RESPONSE =
      HttpHeaders.createOptimized("application/ocsp-response");
  private static final CharSequence NOT_KEPT = HttpHeaders.createOptimized("no-store");
  private static final CharSequence NO_SNIFF_NAME =
      HttpHeaders.createOptimized("X-Content-Type-Options");
  private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence CLOSE = HttpHeaders.createOptimized("close");
  private static final int NOT_MODIFIED = 304;

  private final long cacheable;
  private final long cacheableNever;
  private final CharSequence cacheControl;
  private final HttpDates dates = new HttpDates();
  private final HttpDates expiries = new HttpDates();

  OcspReply(Duration cacheable, Duration cacheableNever) {
    this.cacheable = cacheable.toSeconds();
    this.cacheableNever = cacheableNever.toSeconds();
    this.cacheControl = cacheControl(this.cacheable);
  }

  /** RFC 5019 s6.1: an answer to a POST is for nobody else. */
  void toPost(HttpServerRequest request, Finished finished, long now) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    MultiMap headers = common(response, finished, now);
    headers.add(HttpHeaders.CACHE_CONTROL, NOT_KEPT);
    response.end(finished.body());
  }

  void toGet(HttpServerRequest request, Finished finished, long now) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (finished.answer().keeping() != Answer.Keeping.NEVER) {
      Finished.Validators validators = finished.validators();
      kept(response, finished.answer(), validators, now);
      if (isKnown(request, finished, validators)) {
        // RFC 9110 s15.4.5: with the headers that the 200 would have, and no content.
        response.setStatusCode(NOT_MODIFIED);
        response.headers().add(HttpHeaders.DATE, dates.now(now));
        response.end();
        return;
      }
    } else {
      response.headers().add(HttpHeaders.CACHE_CONTROL, NOT_KEPT);
    }
    common(response, finished, now);
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(finished.body());
    }
  }

  /** Without a body; the rest of the request is not waited for. */
  void refuse(HttpServerRequest request, int status) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(status).putHeader(HttpHeaders.CACHE_CONTROL, NOT_KEPT);
    // RFC 9113 s8.2.2: HTTP/2 knows no such header.
    if (!request.isEnded() && request.version() != HttpVersion.HTTP_2) {
      response.putHeader(HttpHeaders.CONNECTION, CLOSE);
    }
    response.end();
  }

  private MultiMap common(HttpServerResponse response, Finished finished, long now) {
    return response
        .headers()
        .add(HttpHeaders.CONTENT_TYPE, RESPONSE)
        .add(HttpHeaders.CONTENT_LENGTH, finished.length())
        .add(HttpHeaders.DATE, dates.now(now))
        .add(NO_SNIFF_NAME, NO_SNIFF);
  }

  /** RFC 5019 s6.2; max-age, and with it Expires, never goes past nextUpdate. */
  private void kept(
      HttpServerResponse response, Answer answer, Finished.Validators validators, long now) {
    long most = answer.keeping() == Answer.Keeping.BRIEFLY ? cacheableNever : cacheable;
    long age = Math.clamp(answer.nextUpdate() - now, 0, most);
    MultiMap headers = response.headers();
    headers
        .add(HttpHeaders.ETAG, validators.tag())
        .add(HttpHeaders.LAST_MODIFIED, validators.lastModified());
    if (age == cacheable) {
      headers
          .add(HttpHeaders.CACHE_CONTROL, cacheControl)
          .add(HttpHeaders.EXPIRES, expiries.now(now + age));
    } else {
      headers
          .add(HttpHeaders.CACHE_CONTROL, cacheControl(age))
          .add(HttpHeaders.EXPIRES, HttpDates.text(now + age));
    }
  }

  private static CharSequence cacheControl(long age) {
    return HttpHeaders.createOptimized(
        "max-age=" + age + ", public, no-transform, must-revalidate");
  }

  /** RFC 9110 s13.2.2: If-None-Match is asked first, and alone where it is there. */
  private static boolean isKnown(
      HttpServerRequest request, Finished finished, Finished.Validators validators) {
    String tags = request.getHeader(HttpHeaders.IF_NONE_MATCH);
    if (tags != null) {
      return tags.strip().equals("*") || tags.contains(validators.tag().toString());
    }
    String since = request.getHeader(HttpHeaders.IF_MODIFIED_SINCE);
    return since != null && !isAfter(finished.answer().thisUpdate(), since);
  }

  private static boolean isAfter(long second, @Nullable String date) {
    Optional<Instant> than = Optional.ofNullable(date).flatMap(HttpDate::read);
    return than.isEmpty() || second > than.get().getEpochSecond();
  }
}
