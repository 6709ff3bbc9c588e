package io.chancery.chaos.machine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Clients that connect and say nothing, or next to nothing. */
public final class HeldConnections implements AutoCloseable {
  private final List<SocketChannel> open = new ArrayList<>();
  private int dribbled;

  /** Opens so many; fewer where nobody takes them. */
  public static HeldConnections to(int port, int count) {
    HeldConnections held = new HeldConnections();
    for (int i = 0; i < count; i++) {
      try {
        SocketChannel channel = SocketChannel.open();
        channel.socket().connect(new InetSocketAddress("127.0.0.1", port), 2_000);
        held.open.add(channel);
      } catch (IOException full) {
        break;
      }
    }
    return held;
  }

  public int count() {
    return open.size();
  }

  /** One octet more of a header that never ends, on each. */
  public void dribble() {
    String endless = "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: " + "a".repeat(1 << 16);
    byte next = endless.getBytes(StandardCharsets.US_ASCII)[dribbled++];
    open.removeIf(
        channel -> {
          try {
            channel.write(ByteBuffer.wrap(new byte[] {next}));
            return false;
          } catch (IOException cut) {
            return true;
          }
        });
  }

  @Override
  public void close() {
    for (SocketChannel channel : open) {
      try {
        channel.close();
      } catch (IOException gone) {
        continue;
      }
    }
    open.clear();
  }
}
