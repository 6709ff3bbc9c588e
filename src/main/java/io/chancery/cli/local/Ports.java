package io.chancery.cli.local;

import io.chancery.Failure;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Loopback ports: whether they are free, before anything is started that needs them. */
public final class Ports {
  /** Below the ephemeral range, so that no outgoing connection sits on a port kept for later. */
  private static final int LOWEST = 20_000;

  private static final int HIGHEST = 30_000;

  private Ports() {}

  /** Refuses a port that is taken or wanted twice; the keys are the options that choose them. */
  public static void mustBeFree(Map<String, Integer> portByOption) {
    Map<Integer, String> seen = new LinkedHashMap<>();
    portByOption.forEach(
        (option, port) -> {
          if (port < 1 || port > 65_535) {
            throw new Failure.Misconfigured(
                    option, port + " is no port", "give a number from 1 to 65535")
                .thrown();
          }
          if (seen.containsKey(port)) {
            throw new Failure.Misconfigured(
                    option, port + " is also " + seen.get(port), "give each its own port")
                .thrown();
          }
          seen.put(port, option);
          obstacle(port)
              .ifPresent(
                  reason -> {
                    throw new Failure.Conflict(
                            "port " + port,
                            reason,
                            "stop what uses it, or choose another with " + option)
                        .thrown();
                  });
        });
  }

  static boolean free(int port) {
    return obstacle(port).isEmpty();
  }

  /** A free port that no other is likely to take soon. */
  public static int anyFree(RandomGenerator random) {
    for (int attempt = 0; attempt < 200; attempt++) {
      int port = random.nextInt(LOWEST, HIGHEST);
      if (free(port)) {
        return port;
      }
    }
    throw new Failure.Misconfigured(
            "127.0.0.1",
            "no free port from " + LOWEST + " to " + HIGHEST,
            "free some, or bring your own PostgreSQL with --jdbc-url")
        .thrown();
  }

  private static Optional<String> obstacle(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.isBound() ? Optional.empty() : Optional.of("cannot be bound");
    } catch (BindException taken) {
      String why = String.valueOf(taken.getMessage());
      return Optional.of(
          why.contains("ermission") ? "needs more rights than this user has" : "is in use");
    } catch (IOException cannot) {
      return Optional.of("cannot be bound: " + cannot.getMessage());
    }
  }
}
