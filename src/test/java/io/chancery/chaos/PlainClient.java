package io.chancery.chaos;

import io.chancery.kill.Door;
import io.chancery.kill.Victim;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One kept TLS connection, as light as a client can be; opened anew where it broke. */
final class PlainClient implements AutoCloseable {
  private final SSLContext tls;
  private final URI base;
  private final String token;
  private SSLSocket socket;
  private InputStream in;

  PlainClient(Victim victim, String token) {
    this.tls = Tls.CONTEXTS.computeIfAbsent(victim, Door::tls);
    this.base = URI.create(victim.https());
    this.token = token;
  }

  /** One context for all: their sessions are resumed. */
  private static final class Tls {
    static final java.util.Map<Victim, SSLContext> CONTEXTS =
        new java.util.concurrent.ConcurrentHashMap<>();
  }

  /** The status, and whether Retry-After came; status 0 for a broken connection. */
  record Answer(int status, boolean retryAfter, String trouble) {
    String words() {
      return status == 0
          ? "broken: " + trouble
          : status + (retryAfter ? " with Retry-After" : " without Retry-After");
    }
  }

  /** Opens the connection, handshake and all; what is open stays as it is. */
  void connect() throws IOException {
    if (socket == null) {
      socket = (SSLSocket) tls.getSocketFactory().createSocket(base.getHost(), base.getPort());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(120_000);
      socket.startHandshake();
      in = new BufferedInputStream(socket.getInputStream(), 8192);
    }
  }

  Answer post(String path, byte[] body) {
    try {
      connect();
      send(path, body);
      return receive();
    } catch (IOException broken) {
      close();
      return new Answer(0, false, broken.toString());
    }
  }

  @Override
  public void close() {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException gone) {
        // It was on its way out.
      }
      socket = null;
    }
  }

  private void send(String path, byte[] body) throws IOException {
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: "
            + base.getAuthority()
            + "\r\nAuthorization: Bearer "
            + token
            + "\r\nContent-Type: application/pkcs10\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    ByteArrayOutputStream request = new ByteArrayOutputStream(head.length() + body.length);
    request.write(head.getBytes(StandardCharsets.US_ASCII));
    request.write(body);
    socket.getOutputStream().write(request.toByteArray());
  }

  private Answer receive() throws IOException {
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    boolean retryAfter = false;
    boolean ends = false;
    int length = 0;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(java.util.Locale.ROOT);
      retryAfter |= lower.startsWith("retry-after:");
      ends |= lower.startsWith("connection:") && lower.contains("close");
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring("content-length:".length()).strip());
      }
    }
    in.skipNBytes(length);
    if (ends) {
      close();
    }
    return new Answer(status, retryAfter, "");
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new IOException("the connection ended");
      }
      if (octet != '\r') {
        line.append((char) octet);
      }
    }
    return line.toString();
  }
}
