package io.chancery.cli.bench.crowd;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import javax.net.ssl.SSLSocket;

/** One connection: a finished request goes out, and of the answer no more is read than needed. */
final class TlsConnection implements AutoCloseable {
  private static final int FIRST_SIZE = 16 * 1024;
  private static final int LARGEST_ANSWER = 1024 * 1024;
  private static final int STATUS_AT = 9; // behind "HTTP/1.1 "
  private static final int STATUS_DIGITS = 3;
  private static final String LENGTH = "\ncontent-length:";

  private final SSLSocket socket;
  private final InputStream in;
  private final OutputStream out;
  private byte[] answer = new byte[FIRST_SIZE];
  private int bodyAt;
  private int end;

  TlsConnection(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  /** Returns the status of the answer. */
  int ask(byte[] request) throws IOException {
    out.write(request);
    int read = 0;
    bodyAt = 0;
    end = Integer.MAX_VALUE;
    while (read < end) {
      int more = in.read(answer, read, answer.length - read);
      if (more < 0) {
        throw new EOFException("the server closed the connection");
      }
      read += more;
      if (bodyAt == 0) {
        findBody(read);
      }
      if (read == answer.length) {
        grow();
      }
    }
    return status();
  }

  /** Of the last answer. */
  String body() {
    return new String(answer, bodyAt, end - bodyAt, StandardCharsets.UTF_8);
  }

  /** Says goodbye and waits for the server's, so that the server has finished its handshake too. */
  void endProperly() throws IOException {
    socket.shutdownOutput();
    int more = 0;
    while (more >= 0) {
      more = in.read(answer); // nothing: nobody asked for anything
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private int status() {
    return Integer.parseInt(
        new String(answer, STATUS_AT, STATUS_DIGITS, StandardCharsets.US_ASCII));
  }

  private void findBody(int read) throws IOException {
    for (int i = 3; i < read; i++) {
      if (answer[i] == '\n' && answer[i - 2] == '\n') {
        bodyAt = i + 1;
        end = bodyAt + contentLength();
        return;
      }
    }
  }

  private int contentLength() throws IOException {
    String head = new String(answer, 0, bodyAt, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
    int at = head.indexOf(LENGTH);
    if (at < 0) {
      throw new IOException("an answer without Content-Length");
    }
    int stop = head.indexOf('\r', at);
    return Integer.parseInt(head.substring(at + LENGTH.length(), stop).strip());
  }

  private void grow() throws IOException {
    if (answer.length >= LARGEST_ANSWER) {
      throw new IOException("an answer larger than " + LARGEST_ANSWER);
    }
    answer = Arrays.copyOf(answer, 2 * answer.length);
  }
}
