package io.chancery.cli.bench.crowd;

import io.chancery.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Full handshakes with a server that is asked for nothing else. */
public final class Handshakes {
  private Handshakes() {}

  /**
   * What came of it.
   *
   * @param cpuSeconds of the one who connects
   */
  public record Made(long count, double seconds, double cpuSeconds) {
    public double perSecond() {
      return count / seconds;
    }
  }

  /** One after another with so many threads; each is ended properly by both sides. */
  public static Made run(Door door, int threads, Duration length) {
    double cpu = Drive.cpuSeconds();
    long start = System.nanoTime();
    long stop = start + length.toNanos();
    long count = 0;
    try (ExecutorService clients = Executors.newFixedThreadPool(threads)) {
      List<Future<Long>> counts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        counts.add(clients.submit(() -> until(door, stop)));
      }
      for (Future<Long> one : counts) {
        count += one.get();
      }
    } catch (ExecutionException failed) {
      throw new Failure.Misconfigured(
              "https port " + door.port(),
              "a handshake failed: " + failed.getCause(),
              "look at the log of the instance")
          .because(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
    return new Made(count, (System.nanoTime() - start) / 1e9, Drive.cpuSeconds() - cpu);
  }

  private static long until(Door door, long stop) throws IOException {
    long count = 0;
    while (System.nanoTime() < stop) {
      try (TlsConnection one = door.open()) {
        one.endProperly();
      }
      count++;
    }
    return count;
  }
}
