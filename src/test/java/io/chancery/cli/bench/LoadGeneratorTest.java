package io.chancery.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.chancery.PkiException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the generator counts is what a server has answered. */
class LoadGeneratorTest {
  private final LongAdder served = new LongAdder();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile long delayMillis;
  private volatile int status = 200;
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          served.increment();
          Patience.pause(delayMillis);
          exchange.sendResponseHeaders(status, 3000);
          exchange.getResponseBody().write(new byte[3000]);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void everyAnswerIsCountedOnce() {
    Load.Outcome outcome = LoadGenerator.run(target(), Load.full(4, Duration.ofMillis(700)));
    assertThat(outcome.answered()).isPositive().isEqualTo(served.sum());
    assertThat(outcome.failed()).isZero();
    assertThat(outcome.generatorCpuSeconds()).isPositive();
  }

  @Test
  void thePaceIsKept() {
    Load.Outcome outcome = LoadGenerator.run(target(), Load.paced(8, Duration.ofSeconds(1), 200));
    assertThat(outcome.answered() + outcome.failed()).isEqualTo(200);
    assertThat(served.sum()).isBetween(190L, 200L);
  }

  /** A server that answers one request in 100 ms cannot answer 100 in a second, and it shows. */
  @Test
  void aSlowServerCannotHideHowLongItsClientsWait() {
    delayMillis = 100;
    Load.Outcome outcome = LoadGenerator.run(target(), Load.paced(1, Duration.ofSeconds(1), 100));
    assertThat(outcome.times().total()).isEqualTo(100);
    assertThat(outcome.times().millis(0.99)).isGreaterThan(800);
  }

  /** All connections come free at once, and requests are still due: they are sent, not given up. */
  @Test
  void whatIsDueAtTheEndIsStillSent() {
    delayMillis = 300;
    Load.Outcome outcome = LoadGenerator.run(target(), Load.paced(10, Duration.ofSeconds(1), 50));
    assertThat(outcome.failed()).isZero();
    assertThat(outcome.answered()).isEqualTo(50);
    assertThat(served.sum()).isEqualTo(50);
  }

  @Test
  void anotherStatusIsAFailure() {
    status = 503;
    Load.Outcome outcome = LoadGenerator.run(target(), Load.full(2, Duration.ofMillis(300)));
    assertThat(outcome.answered()).isZero();
    assertThat(outcome.failed()).isPositive().isEqualTo(served.sum());
  }

  @Test
  void nobodyThereIsSaidInWords() {
    Target target = target();
    server.stop(0);
    assertThat(
            catchThrowableOfType(
                PkiException.class,
                () -> LoadGenerator.run(target, Load.full(1, Duration.ofMillis(100)))))
        .isNotNull();
  }

  private Target target() {
    int port = server.getAddress().getPort();
    return new Target(port, List.of(Target.get(port, "/a"), Target.get(port, "/b")));
  }
}
