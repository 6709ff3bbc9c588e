package io.chancery.ocsp;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The body of a POST: no larger than a request can be, and not later than a client may take. */
final class PostedBody {
  private static final long PATIENCE_MILLIS = 5_000;
  private static final int TOO_LARGE = 413;
  private static final int TOO_SLOW = 408;

  private final HttpServerRequest request;
  private final BiConsumer<HttpServerRequest, Buffer> taker;
  private final IntConsumer refusal;
  private @Nullable Buffer body;
  private @Nullable Runnable patience;
  private boolean refused;

  PostedBody(
      HttpServerRequest request, BiConsumer<HttpServerRequest, Buffer> taker, IntConsumer refusal) {
    this.request = request;
    this.taker = taker;
    this.refusal = refusal;
  }

  void read() {
    if (isTooLong(request.getHeader(HttpHeaders.CONTENT_LENGTH))) {
      refuse(TOO_LARGE);
      return;
    }
    String expectation = request.getHeader(HttpHeaders.EXPECT);
    if (expectation != null && expectation.equalsIgnoreCase("100-continue")) {
      request.response().writeContinue();
    }
    request.handler(this::more).endHandler(end -> end()).exceptionHandler(gone -> stop());
    waitNoLongerThan();
    request.resume();
  }

  private void more(Buffer chunk) {
    Buffer before = body;
    long length = chunk.length() + (before == null ? 0L : before.length());
    if (refused) {
      return;
    }
    if (length > OcspRequest.LARGEST) {
      refuse(TOO_LARGE);
    } else if (before == null) {
      body = chunk; // nearly always the only one
    } else {
      body = Buffer.buffer((int) length).appendBuffer(before).appendBuffer(chunk);
    }
  }

  private void end() {
    stop();
    if (!refused) {
      taker.accept(request, body == null ? Buffer.buffer() : body);
    }
  }

  private void waitNoLongerThan() {
    Context context = Vertx.currentContext();
    if (context != null) {
      Vertx vertx = context.owner();
      long timer = vertx.setTimer(PATIENCE_MILLIS, late -> refuse(TOO_SLOW));
      patience = () -> vertx.cancelTimer(timer);
    }
  }

  private void stop() {
    Runnable waiting = patience;
    if (waiting != null) {
      waiting.run();
      patience = null;
    }
  }

  private void refuse(int status) {
    if (!refused) {
      refused = true;
      stop();
      refusal.accept(status);
    }
  }

  private static boolean isTooLong(@Nullable String contentLength) {
    if (contentLength == null) {
      return false;
    }
    try {
      return Long.parseLong(contentLength.strip()) > OcspRequest.LARGEST;
    } catch (NumberFormatException noNumber) {
      return false; // the server has refused what is no number before
    }
  }
}
