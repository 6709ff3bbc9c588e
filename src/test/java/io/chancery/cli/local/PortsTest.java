package io.chancery.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void aTakenPortIsNamedWithTheOptionThatChangesIt() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      Failure failure = refused(Map.of("--http-port", taken.getLocalPort()));
      assertThat(failure)
          .isEqualTo(
              new Failure.Conflict(
                  "port " + taken.getLocalPort(),
                  "is in use",
                  "stop what uses it, or choose another with --http-port"));
    }
  }

  @Test
  void twoListenersOnOnePortAreRefused() {
    int port = Ports.anyFree(RandomGenerator.getDefault());
    Failure failure = refused(Map.of("--http-port", port, "--https-port", port));
    assertThat(failure).isInstanceOf(Failure.Misconfigured.class);
    assertThat(failure.detail()).contains("is also --http");
  }

  @Test
  void whatIsNoPortIsRefused() {
    assertThat(refused(Map.of("--management-port", 70_000)))
        .isInstanceOf(Failure.Misconfigured.class);
  }

  private static Failure refused(Map<String, Integer> ports) {
    var thrown = new PkiException[1];
    assertThatThrownBy(() -> Ports.mustBeFree(ports))
        .isInstanceOfSatisfying(PkiException.class, e -> thrown[0] = e);
    return thrown[0].failure();
  }
}
