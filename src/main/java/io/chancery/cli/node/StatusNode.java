package io.chancery.cli.node;

import io.chancery.Failure;
import io.chancery.cli.local.DataDirectory;
import io.chancery.cli.local.DataLock;
import io.chancery.cli.local.DatabaseAccess;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Answers whether certificates are still good, from what was signed before: no token, and no
 * database while it is away. The holder of the folder is one process.
 */
public final class StatusNode implements AutoCloseable {
  /** A client that sends nothing for so long is cut. */
  private static final int IDLE_SECONDS = 30;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final Holdings holdings;
  private final Follower follower;
  private final DataLock lock;
  private final CountDownLatch closed = new CountDownLatch(1);

  private StatusNode(Vertx vertx, Holdings holdings, Follower follower, DataLock lock) {
    this.vertx = vertx;
    this.holdings = holdings;
    this.follower = follower;
    this.lock = lock;
  }

  /** Where it listens. */
  public record Listeners(String host, int http, int management) {}

  /**
   * Serves what the folder holds, and what the source brings.
   *
   * @param database the service's, which is only read
   * @param from where there is no database: an instance's data directory, or what {@code
   *     export-status} has written; empty for what the folder holds and nothing else
   */
  public static StatusNode start(
      Path folder,
      Optional<DatabaseAccess> database,
      Optional<Path> from,
      Listeners listeners,
      Consumer<String> progress) {
    InstantSource clock = InstantSource.system();
    Source source = Source.of(database, from);
    DataDirectory data = DataDirectory.open(folder);
    DataLock lock = DataLock.takeForNode(data);
    try {
      progress.accept("data directory: " + data.root());
      Holdings holdings = new Holdings(data.folder(data.root().resolve("status")), clock);
      Follower follower = new Follower(source.look(holdings, clock), clock);
      firstLook(follower, holdings, source, progress);
      Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
      StatusNode node = new StatusNode(vertx, holdings, follower, lock);
      node.listen(listeners, clock);
      follower.start();
      progress.accept(
          "held: "
              + holdings.shelf().size()
              + " OCSP answers, "
              + holdings.crls().all().count()
              + " CRLs");
      return node;
    } catch (IOException cannot) {
      lock.close();
      throw new UncheckedIOException(cannot);
    } catch (RuntimeException refused) {
      lock.close();
      throw refused;
    }
  }

  /** A node that has never seen anything must see something now; any other one need not. */
  private static void firstLook(
      Follower follower, Holdings holdings, Source source, Consumer<String> progress) {
    String trouble = follower.lookOnce();
    if (holdings.issuers().isEmpty()) {
      throw nothing(
              trouble.isEmpty()
                  ? source.text() + " is empty"
                  : source.text() + " cannot be read: " + trouble)
          .thrown();
    }
    progress.accept(
        trouble.isEmpty()
            ? "source: " + source.text()
            : "source: away, serving what is held: " + trouble);
  }

  private static Failure nothing(String why) {
    return new Failure.Misconfigured(
        "status node",
        "holds nothing yet, and " + why,
        "name a source with --jdbc-url or --from; once it has seen it, it answers by itself");
  }

  /** Until {@link #close}. */
  public void await() throws InterruptedException {
    closed.await();
  }

  @Override
  public void close() {
    try {
      follower.close();
      vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
      holdings.close();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (IOException | ExecutionException | TimeoutException ending) {
      throw new IllegalStateException("the node did not stop in order", ending);
    } finally {
      lock.close();
      closed.countDown();
    }
  }

  private void listen(Listeners at, InstantSource clock) {
    NodeDoor door = new NodeDoor(holdings, clock);
    NodeHealth health = new NodeHealth(holdings, follower, clock);
    // Several servers on one port share its connections, each on an event loop of its own.
    for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
      server(at.host(), at.http(), door::handle);
    }
    server(at.host(), at.management(), health::handle);
  }

  private HttpServer server(String host, int port, Handler<HttpServerRequest> handler) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(host)
            .setPort(port)
            .setIdleTimeout(IDLE_SECONDS)
            .setMaxInitialLineLength(4096)
            .setCompressionSupported(false);
    try {
      return vertx
          .createHttpServer(options)
          .requestHandler(handler)
          .listen()
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    } catch (ExecutionException | TimeoutException cannot) {
      throw new Failure.Conflict(
              "port " + port,
              "cannot be opened: " + cannot.getMessage(),
              "stop what uses it, or choose another with --http-port, --management-port")
          .because(cannot);
    }
  }

  /** When the node saw its source the last time. */
  public Instant knownUntil() {
    return follower.knownUntil();
  }
}
