package io.chancery.api;

import static io.chancery.Role.ADMIN;
import static io.chancery.Role.APPROVER;
import static io.chancery.Role.AUDITOR;
import static io.chancery.Role.OPERATOR;
import static io.chancery.Role.REQUESTER;
import static io.chancery.Role.SERVICE;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Quoted;
import io.chancery.access.Access;
import io.chancery.access.Credential;
import io.chancery.inventory.ChangeReader.Place;
import io.chancery.inventory.ChangeReader.Told;
import io.chancery.inventory.StatusChange;
import io.chancery.visibility.Followers;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Changes of status as they happen (server-sent events, WHATWG HTML s9.2). A client that comes back
 * with {@code Last-Event-ID} is told what it missed; now and then one is told something twice, and
 * the version says so.
 */
@Path("/v1/status-changes")
@RunOnVirtualThread
public class StatusChangesResource {
  private static final Logger LOG = Logger.getLogger(StatusChangesResource.class);
  private static final String CHANGE = "status";

  /** The first event: nothing has changed, but its id is where to go on from. */
  private static final String READY = "ready";

  private final Followers followers;
  private final Access access;
  private final Callers callers;
  private final Credentials credentials;
  private final RoutingContext exchange;

  @Inject
  StatusChangesResource(
      Followers followers,
      Access access,
      Callers callers,
      Credentials credentials,
      RoutingContext exchange) {
    this.followers = followers;
    this.access = access;
    this.callers = callers;
    this.credentials = credentials;
    this.exchange = exchange;
  }

  /** What one event holds. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record ChangeView(
      String serial,
      String issuer,
      String status,
      Optional<String> reason,
      int version,
      Instant at) {
    static ChangeView of(StatusChange change) {
      return new ChangeView(
          change.serial().hex(),
          change.issuer().value(),
          CertificateView.statusText(change.status()),
          CertificateView.reason(change.status()),
          change.version(),
          change.at());
    }
  }

  /** Goes on until the client leaves, is too slow, or may no longer ask. */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Blocking
  @Allow({SERVICE, REQUESTER, APPROVER, OPERATOR, AUDITOR, ADMIN})
  public Multi<OutboundSseEvent> follow(
      @HeaderParam("Last-Event-ID") @Nullable String last, @Context Sse sse) {
    Optional<Place> from = Optional.ofNullable(last).map(StatusChangesResource::place);
    return Multi.createFrom()
        .publisher(
            new Stream(
                followers.follow(from),
                sse,
                credentials.shown(),
                callers.current(),
                exchange.request().connection()));
  }

  /**
   * One client's events, one at a time: the next is made when the last has gone out, so what a
   * client has not taken is not kept for it here.
   */
  private final class Stream implements Flow.Publisher<OutboundSseEvent>, Flow.Subscription {
    private final Followers.Follower follower;
    private final Sse sse;
    private final Credential credential;
    private final HttpConnection connection;
    private final Semaphore demand = new Semaphore(0);
    private Caller caller;
    private long asked = System.nanoTime();

    Stream(
        Followers.Follower follower,
        Sse sse,
        Credential credential,
        Caller caller,
        HttpConnection connection) {
      this.follower = follower;
      this.sse = sse;
      this.credential = credential;
      this.caller = caller;
      this.connection = connection;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super OutboundSseEvent> subscriber) {
      subscriber.onSubscribe(this);
      Thread.ofVirtual().name("status-changes").start(() -> run(subscriber));
    }

    @Override
    public void request(long more) {
      demand.release(Math.toIntExact(Math.min(more, Integer.MAX_VALUE / 2)));
    }

    @Override
    public void cancel() {
      follower.leave();
      demand.release();
    }

    private void run(Flow.Subscriber<? super OutboundSseEvent> subscriber) {
      try (follower) {
        emit(
            subscriber,
            sse.newEventBuilder().name(READY).id(follower.place().text()).data("{}").build());
        while (follower.goesOn()) {
          List<Told> page = follower.next(followers.heartbeat());
          askAgain();
          emit(subscriber, page);
        }
        subscriber.onComplete();
      } catch (PkiException ended) {
        LOG.debugf("a client no longer follows: %s", ended.getMessage());
        subscriber.onComplete();
      } catch (TimeoutException slow) {
        LOG.info("a client that follows changes is cut off: it is too slow");
        follower.cut();
        connection.close();
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
    }

    /** A connection that stays open must not outlive the right to it. */
    private void askAgain() {
      if (Duration.ofNanos(System.nanoTime() - asked).compareTo(followers.heartbeat()) >= 0) {
        caller = access.authenticate(credential);
        asked = System.nanoTime();
      }
    }

    private void emit(Flow.Subscriber<? super OutboundSseEvent> subscriber, List<Told> page)
        throws InterruptedException, TimeoutException {
      if (page.isEmpty() && follower.goesOn()) {
        emit(subscriber, sse.newEventBuilder().comment("still here").build());
      }
      for (Told told : page) {
        if (caller.mayRead(told.owner())) {
          emit(
              subscriber,
              sse.newEventBuilder()
                  .name(CHANGE)
                  .id(told.place().text())
                  .mediaType(MediaType.APPLICATION_JSON_TYPE)
                  .data(ChangeView.class, ChangeView.of(told.change()))
                  .build());
        }
      }
    }

    private void emit(Flow.Subscriber<? super OutboundSseEvent> subscriber, OutboundSseEvent event)
        throws InterruptedException, TimeoutException {
      if (!demand.tryAcquire(followers.patience().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TimeoutException();
      }
      if (follower.goesOn()) {
        subscriber.onNext(event);
      }
    }
  }

  private static Place place(String text) {
    return Place.parse(text)
        .orElseThrow(
            () ->
                new Failure.Malformed(
                        "Last-Event-ID",
                        "",
                        Quoted.of(text) + " was not handed out here",
                        "WHATWG HTML s9.2.4")
                    .thrown());
  }
}
