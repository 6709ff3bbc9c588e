package io.chancery.ocsp;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.issuance.OcspError;
import io.chancery.issuance.OcspHash;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * OCSP over HTTP (RFC 6960 appendix A): POST with the request as the body, GET with it as base64 in
 * the path. What is on the shelf goes out at once, on the event loop that brought the question;
 * only what must be signed or looked up waits its turn at the desk.
 */
public final class OcspDoor {
  /** Where it is found. */
  public static final String PATH = "/ocsp";

  private static final Logger LOG = Logger.getLogger(OcspDoor.class);
  private static final CharSequence REQUEST =
      HttpHeaders.createOptimized("application/ocsp-request");
  private static final int PLACES = 8192;
  private static final int LONGEST_CACHED_PATH = 512;
  private static final int LONGEST_CACHED_REQUEST = 256;
  private static final int MOST_AT_THE_DESK = 1024;
  private static final byte[] TRY_LATER = OcspError.TRY_LATER.response().octets();

  private final AnswerShelf shelf;
  private final OcspDesk desk;
  private final OcspReply reply;
  private final InstantSource clock;
  private final Executor workers;
  private final FinishedAnswers finished = new FinishedAnswers(PLACES);
  private final Semaphore places = new Semaphore(MOST_AT_THE_DESK);

  /**
   * @param desk answers what is not on the shelf, on the workers' threads
   * @param cacheable how long a shared cache may keep an answer
   * @param cacheableNever the same of an answer about a serial that was never issued
   */
  public OcspDoor(
      AnswerShelf shelf,
      OcspDesk desk,
      Duration cacheable,
      Duration cacheableNever,
      InstantSource clock,
      Executor workers) {
    this.shelf = shelf;
    this.desk = desk;
    this.reply = new OcspReply(cacheable, cacheableNever);
    this.clock = clock;
    this.workers = workers;
  }

  /** Whether a request is for this door, by its path as it was sent. */
  public static boolean isFor(String uri) {
    return uri.startsWith(PATH)
        && (uri.length() == PATH.length()
            || uri.charAt(PATH.length()) == '/'
            || uri.charAt(PATH.length()) == '?');
  }

  /** Answers, now or later, whatever the request is. */
  public void handle(HttpServerRequest request) {
    HttpMethod method = request.method();
    if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
      get(request);
    } else if (method.equals(HttpMethod.POST)) {
      post(request);
    } else {
      request.response().putHeader("Allow", "GET, HEAD, POST");
      reply.refuse(request, 405);
    }
  }

  private void get(HttpServerRequest request) {
    String uri = request.uri();
    long now = clock.millis() / 1000;
    Optional<Finished> known = finished.find(uri);
    if (known.isPresent() && known.get().isCurrent(shelf, now)) {
      reply.toGet(request, known.get(), now);
      return;
    }
    byte[] octets = GetPath.request(uri, Math.min(uri.length(), PATH.length() + 1));
    Optional<Finished> kept = kept(octets, now);
    if (kept.isPresent()) {
      if (uri.length() <= LONGEST_CACHED_PATH) {
        finished.put(uri, kept.get());
      }
      reply.toGet(request, kept.get(), now);
    } else {
      ask(octets, answer -> reply.toGet(request, Finished.once(answer), clock.millis() / 1000));
    }
  }

  private void post(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !isRequest(type)) {
      request.response().putHeader("Accept", REQUEST);
      reply.refuse(request, 415);
      return;
    }
    new PostedBody(request, this::posted, status -> reply.refuse(request, status)).read();
  }

  private void posted(HttpServerRequest request, Buffer body) {
    byte[] octets = body.getBytes();
    long now = clock.millis() / 1000;
    boolean small = octets.length <= LONGEST_CACHED_REQUEST;
    Optional<Finished> known = small ? finished.find(octets) : Optional.empty();
    if (known.isPresent() && known.get().isCurrent(shelf, now)) {
      reply.toPost(request, known.get(), now);
      return;
    }
    Optional<Finished> kept = kept(octets, now);
    if (kept.isPresent()) {
      if (small) {
        finished.put(octets, kept.get());
      }
      reply.toPost(request, kept.get(), now);
    } else {
      ask(octets, answer -> reply.toPost(request, Finished.once(answer), clock.millis() / 1000));
    }
  }

  /** What the shelf has for a request of the common shape. */
  private Optional<Finished> kept(byte[] octets, long now) {
    return ShortRequest.read(octets, desk.stems())
        .filter(asked -> asked.stem().hash() == OcspHash.SHA1)
        .flatMap(
            asked ->
                shelf
                    .find(asked.serial())
                    .filter(kept -> kept.holds(now))
                    .filter(kept -> isOf(asked, kept))
                    .map(kept -> Finished.of(kept, asked.serial(), answer(kept))));
  }

  private boolean isOf(ShortRequest.Asked asked, KeptAnswer kept) {
    return shelf.forms().at(kept.form()).key().issuer().equals(asked.stem().issuer());
  }

  private Answer answer(KeptAnswer kept) {
    return new Answer(
        shelf.forms().at(kept.form()).form().whole(kept.said(), kept.signature()),
        Answer.Keeping.SHARED,
        kept.thisUpdate(),
        kept.nextUpdate());
  }

  /** Who takes the answer. */
  private interface Taker {
    void take(Answer answer);
  }

  private void ask(byte[] octets, Taker taker) {
    if (!places.tryAcquire()) {
      taker.take(new Answer(TRY_LATER, Answer.Keeping.NEVER, 0, 0));
      return;
    }
    workers.execute(
        () -> {
          Answer answer;
          try {
            answer = answer(octets);
          } finally {
            places.release();
          }
          taker.take(answer);
        });
  }

  private Answer answer(byte[] octets) {
    try {
      OcspRequest request = OcspRequest.parse(octets);
      try {
        return desk.answer(request);
      } catch (PkiException refused) {
        return isPassing(refused.failure())
            ? instead(request).orElseGet(() -> error(refused))
            : error(refused);
      }
    } catch (PkiException refused) {
      return error(refused);
    } catch (RuntimeException bug) {
      LOG.error("an OCSP request failed", bug);
      return Answer.error(OcspError.INTERNAL_ERROR.response());
    }
  }

  private static Answer error(PkiException refused) {
    return Answer.error(OcspProblems.response(refused.failure()));
  }

  private static boolean isPassing(Failure failure) {
    return failure instanceof Failure.Unavailable || failure instanceof Failure.Busy;
  }

  /**
   * Where nothing can be signed, what was signed before, until its nextUpdate; without the nonce
   * that was sent (RFC 9654 s2.1 leaves it to the client whether that is enough).
   */
  private Optional<Answer> instead(OcspRequest request) {
    if (request.ids().size() != 1) {
      return Optional.empty();
    }
    var id = request.ids().getFirst();
    long now = clock.millis() / 1000;
    return id.hashOid().equals(OcspHash.SHA1.oid()) && id.serial().signum() > 0
        ? shelf
            .find(id.serial().toByteArray())
            .filter(kept -> kept.holds(now))
            .filter(kept -> shelf.forms().at(kept.form()).form().stem().isOf(id))
            .map(kept -> answer(kept).forThisClientAlone())
        : Optional.empty();
  }

  private static boolean isRequest(String type) {
    int parameters = type.indexOf(';');
    String bare = parameters < 0 ? type : type.substring(0, parameters).strip();
    return bare.equalsIgnoreCase(REQUEST.toString());
  }
}
