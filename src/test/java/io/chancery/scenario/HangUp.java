package io.chancery.scenario;

import io.chancery.testing.Http;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/** A client that dies on the line. */
final class HangUp {
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

  private static void send(String token, int length, String body, Runnable untilGone)
      throws IOException {
    String head =
        "POST /v1/certificates HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Authorization: Bearer "
            + token
            + "\r\nContent-Length: "
            + length
            + "\r\n\r\n";
    try (Socket plain = new Socket("localhost", Http.port("http.ssl-port"))) {
      SSLSocket socket =
          (SSLSocket)
              Http.tls()
                  .getSocketFactory()
                  .createSocket(plain, "localhost", plain.getPort(), false);
      socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      untilGone.run();
      // A reset, as when the client's process dies.
      plain.setSoLinger(true, 0);
    }
  }
}
