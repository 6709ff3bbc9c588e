package io.chancery.scenario;

import static org.awaitility.Awaitility.await;

import io.chancery.testing.Http;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;

/** A client that dies on the line. It returns when the service has noticed. */
final class HangUp {
  private static final Duration SOON = Duration.ofSeconds(60);

  private HangUp() {}

  /** Asks for a certificate, whole, and is gone once this is so. */
  static void afterAsking(String token, String csr, Runnable untilGone) throws IOException {
    String body = "{\"profile\":\"tls-server\",\"csr\":\"%s\"}".formatted(csr.replace("\n", "\\n"));
    send(token, body.length(), body, untilGone);
  }

  /** Is gone in the middle of its request. */
  static void whileAsking(String token) throws IOException {
    send(token, 1_000, "{\"profile\":", () -> {});
  }

  /** The descriptor of the service's end, which is in this process, is closed by its event loop. */
  private static final class OtherEnd {
    private final String inode;

    private OtherEnd(String inode) {
      this.inode = inode;
    }

    static OtherEnd of(Socket mine) throws IOException {
      String theirs = port(mine.getPort());
      String ours = port(mine.getLocalPort());
      for (String table : List.of("/proc/self/net/tcp6", "/proc/self/net/tcp")) {
        for (String line : Files.readAllLines(Path.of(table))) {
          String[] columns = line.strip().split("\\s+");
          if (columns[1].endsWith(theirs) && columns[2].endsWith(ours)) {
            return new OtherEnd("socket:[" + columns[9] + "]");
          }
        }
      }
      throw new IllegalStateException("no connection from port " + mine.getLocalPort());
    }

    private static String port(int number) {
      return ":%04X".formatted(number);
    }

    boolean isClosed() throws IOException {
      try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
        return open.noneMatch(this::leadsTo);
      }
    }

    private boolean leadsTo(Path descriptor) {
      try {
        return Files.readSymbolicLink(descriptor).toString().equals(inode);
      } catch (IOException closedMeanwhile) {
        return false;
      }
    }
  }

  private static void send(String token, int length, String body, Runnable untilGone)
      throws IOException {
    String head =
        "POST /v1/certificates HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Authorization: Bearer "
            + token
            + "\r\nContent-Length: "
            + length
            + "\r\n\r\n";
    OtherEnd service;
    try (Socket plain = new Socket("localhost", Http.port("http.ssl-port"))) {
      SSLSocket socket =
          (SSLSocket)
              Http.tls()
                  .getSocketFactory()
                  .createSocket(plain, "localhost", plain.getPort(), false);
      socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      untilGone.run();
      service = OtherEnd.of(plain);
      // A reset, as when the client's process dies.
      plain.setSoLinger(true, 0);
    }
    await().atMost(SOON).until(service::isClosed);
  }
}
