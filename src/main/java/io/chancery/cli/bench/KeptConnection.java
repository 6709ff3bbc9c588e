package io.chancery.cli.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One connection that is kept: a request, its answer, the next request. */
final class KeptConnection implements AutoCloseable {
  private static final int LARGEST_ANSWER = 64 * 1024;
  private static final byte[] LENGTH = {
    '\n', 'c', 'o', 'n', 't', 'e', 'n', 't', '-', 'l', 'e', 'n', 'g', 't', 'h', ':'
  };
  private static final int UNKNOWN = -1;
  private static final int STATUS_AT = 9; // behind "HTTP/1.1 "

  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer in = ByteBuffer.allocateDirect(LARGEST_ANSWER);
  private final ByteBuffer out = ByteBuffer.allocateDirect(LARGEST_ANSWER);
  private int end = UNKNOWN;
  private long due;

  KeptConnection(Target target, Selector selector) throws IOException {
    this.channel = SocketChannel.open(target.address());
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    this.key = channel.register(selector, SelectionKey.OP_READ, this);
  }

  void send(byte[] request, long dueAt) throws IOException {
    due = dueAt;
    end = UNKNOWN;
    in.clear();
    out.clear().put(request).flip();
    write();
  }

  /** Goes on with what was left to write. */
  void write() throws IOException {
    channel.write(out);
    int wanted = out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ;
    if (key.interestOps() != wanted) {
      key.interestOps(wanted);
    }
  }

  /** Whether the answer is whole now. */
  boolean read() throws IOException {
    if (channel.read(in) < 0) {
      throw new EOFException("the server closed a kept connection");
    }
    if (end == UNKNOWN) {
      end = findEnd();
    }
    return end != UNKNOWN && in.position() >= end;
  }

  /** Of a whole answer: whether its status is 200. */
  boolean isGood() {
    return in.get(STATUS_AT) == '2' && in.get(STATUS_AT + 1) == '0' && in.get(STATUS_AT + 2) == '0';
  }

  long due() {
    return due;
  }

  boolean waits() {
    return key.interestOps() == SelectionKey.OP_WRITE;
  }

  @Override
  public void close() throws IOException {
    key.cancel();
    channel.close();
  }

  private int findEnd() throws IOException {
    for (int i = 3; i < in.position(); i++) {
      if (in.get(i) == '\n' && in.get(i - 2) == '\n') {
        return i + 1 + contentLength(i);
      }
    }
    if (!in.hasRemaining()) {
      throw new IOException("an answer's head is larger than " + LARGEST_ANSWER);
    }
    return UNKNOWN;
  }

  private int contentLength(int headEnd) throws IOException {
    for (int i = 0; i + LENGTH.length < headEnd; i++) {
      if (in.get(i) == '\n' && isLengthAt(i)) {
        int length = 0;
        for (int at = i + LENGTH.length; in.get(at) != '\r'; at++) {
          length = in.get(at) == ' ' ? length : 10 * length + in.get(at) - '0';
        }
        return length;
      }
    }
    throw new IOException("an answer without Content-Length");
  }

  private boolean isLengthAt(int start) {
    for (int i = 1; i < LENGTH.length; i++) {
      byte letter = in.get(start + i);
      byte lower = letter >= 'A' && letter <= 'Z' ? (byte) (letter + 32) : letter;
      if (lower != LENGTH[i]) {
        return false;
      }
    }
    return true;
  }
}
