package io.chancery.cli.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** What OCSP says of one certificate after the other, over one kept connection. */
final class Shown implements AutoCloseable {
  private static final int REVOKED = 0xa1;
  private static final int GOOD = 0x80;
  private static final String LENGTH = "content-length:";

  private final Socket socket;
  private final InputStream in;
  private final OcspQuestion question;
  private final int port;

  /** What an answer says; an answer that is none says nothing. */
  enum Verdict {
    GOOD,
    REVOKED,
    NOTHING
  }

  Shown(OcspQuestion question, int port) throws IOException {
    this.question = question;
    this.port = port;
    this.socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(30_000);
    this.in = new java.io.BufferedInputStream(socket.getInputStream());
  }

  Verdict of(BigInteger serial) throws IOException {
    socket.getOutputStream().write(question.get(port, serial));
    return verdict(body(), serial.toByteArray());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** RFC 6960 s4.2.1: certStatus stands right behind the serial of its CertID. */
  private static Verdict verdict(byte[] answer, byte[] serial) {
    for (int at = 0; at + serial.length < answer.length; at++) {
      if (Arrays.equals(answer, at, at + serial.length, serial, 0, serial.length)) {
        return switch (answer[at + serial.length] & 0xff) {
          case REVOKED -> Verdict.REVOKED;
          case GOOD -> Verdict.GOOD;
          default -> Verdict.NOTHING;
        };
      }
    }
    return Verdict.NOTHING;
  }

  private byte[] body() throws IOException {
    int length = 0;
    String line = line();
    while (!line.isEmpty()) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith(LENGTH)) {
        length = Integer.parseInt(lower.substring(LENGTH.length()).strip());
      }
      line = line();
    }
    return in.readNBytes(length);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int octet = in.read();
    while (octet != '\n') {
      if (octet < 0) {
        throw new EOFException("the connection was closed");
      }
      if (octet != '\r') {
        line.append(new String(new byte[] {(byte) octet}, StandardCharsets.ISO_8859_1));
      }
      octet = in.read();
    }
    return line.toString();
  }
}
