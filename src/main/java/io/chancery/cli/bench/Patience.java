package io.chancery.cli.bench;

import io.chancery.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for something to happen, bounded. */
final class Patience {
  private static final long STEP_MILLIS = 20;

  private Patience() {}

  /** Returns how many seconds it took. */
  static double until(String what, Duration limit, BooleanSupplier there, BooleanSupplier lost) {
    long start = System.nanoTime();
    while (!there.getAsBoolean()) {
      if (lost.getAsBoolean() || System.nanoTime() - start > limit.toNanos()) {
        throw new Failure.Misconfigured(
                what,
                lost.getAsBoolean()
                    ? "has ended"
                    : "did not come within " + limit.toSeconds() + " s",
                "look at its log; keep the folder with --data")
            .thrown();
      }
      pause(STEP_MILLIS);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 200);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }
}
