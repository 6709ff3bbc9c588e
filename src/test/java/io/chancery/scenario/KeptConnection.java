package io.chancery.scenario;

import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One socket, and HTTP/1.1 requests on it one after the other: nobody reconnects in secret. */
public final class KeptConnection implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  private KeptConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    socket.setSoTimeout(20_000);
  }

  /** Over TLS, with the holder's certificate. */
  public static KeptConnection open(Tenant.Holder holder) {
    return open(
        Http.tls(holder.pair().getPrivate(), List.of(holder.certificate(), holder.issuer())));
  }

  /** Over TLS, without a certificate. */
  public static KeptConnection anonymous() {
    return open(Http.tls());
  }

  /** The same from another address of this machine, as if from another machine. */
  public static KeptConnection anonymousFrom(String address) {
    try {
      SSLSocket socket = (SSLSocket) Http.tls().getSocketFactory().createSocket();
      socket.bind(new InetSocketAddress(address, 0));
      socket.connect(new InetSocketAddress("127.0.0.1", Http.port("http.ssl-port")));
      socket.startHandshake();
      return new KeptConnection(socket);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static KeptConnection open(SSLContext tls) {
    try {
      SSLSocket socket =
          (SSLSocket) tls.getSocketFactory().createSocket("localhost", Http.port("http.ssl-port"));
      socket.startHandshake();
      return new KeptConnection(socket);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** The certificate that the server showed at the handshake. */
  public X509Certificate server() throws IOException {
    return (X509Certificate) ((SSLSocket) socket).getSession().getPeerCertificates()[0];
  }

  /** Without TLS. */
  public static KeptConnection plain() {
    try {
      return new KeptConnection(new Socket("127.0.0.1", Http.port("http.port")));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** The status of the answer; the path goes out as it is, whatever stands in it. */
  public int get(String path) {
    return answer("GET", path).status();
  }

  /** Sends octets as they are, and reads nothing. */
  public void send(String octets) throws IOException {
    socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Reads the answer to what was sent. */
  public Answer answered() throws IOException {
    return read("POST");
  }

  /** A status and a body. */
  public record Answer(int status, String body) {}

  public Answer answer(String method, String path, String... headers) {
    try {
      StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
      request.append("Host: localhost\r\n");
      for (String header : headers) {
        request.append(header).append("\r\n");
      }
      socket
          .getOutputStream()
          .write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return read(method);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private Answer read(String method) throws IOException {
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    int length = 0;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring("content-length:".length()).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
    }
    byte[] body = method.equals("HEAD") ? new byte[0] : chunked ? chunks() : in.readNBytes(length);
    return new Answer(status, new String(body, StandardCharsets.UTF_8));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
      all.write(in.readNBytes(size));
      line();
    }
    line();
    return all.toByteArray();
  }

  private String line() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the server closed the connection");
      }
      if (c != '\r') {
        text.write(c);
      }
    }
    return text.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException ignored) {
      // It is gone either way.
    }
  }
}
