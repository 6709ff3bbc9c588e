package io.chancery.chaos.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The network between a service and its PostgreSQL: a port of its own, behind which the server's
 * is. It can fall silent without a word, and lose what is said about a COMMIT.
 */
public final class Wire implements AutoCloseable {
  /** What becomes of what is sent. */
  public enum Mood {
    PASSES,
    /**
     * Nothing arrives on either side, and nobody is told. Connections that have said something
     * meanwhile stay deaf for ever, as after a firewall's restart.
     */
    SILENT,
    /** COMMIT does not arrive; the connection breaks. */
    COMMIT_LOST,
    /** COMMIT arrives, its answer does not; the connection breaks. */
    ANSWER_LOST,
    /** COMMIT does not arrive; nobody is told, and that connection stays deaf for ever. */
    COMMIT_UNHEARD,
    /** COMMIT arrives, its answer does not; the same. */
    ANSWER_UNHEARD
  }

  private final ServerSocket door;
  private final InetSocketAddress server;
  private final Set<Cable> cables = ConcurrentHashMap.newKeySet();
  private final AtomicInteger lost = new AtomicInteger();
  private volatile Mood mood = Mood.PASSES;

  private Wire(ServerSocket door, InetSocketAddress server) {
    this.door = door;
    this.server = server;
  }

  /** To a server on this machine. */
  public static Wire to(int port) {
    try {
      InetAddress here = InetAddress.getLoopbackAddress();
      Wire wire = new Wire(new ServerSocket(0, 200, here), new InetSocketAddress(here, port));
      Thread.ofVirtual().name("wire").start(wire::accept);
      return wire;
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  public int port() {
    return door.getLocalPort();
  }

  public void set(Mood next) {
    mood = next;
  }

  /** How many a COMMIT was lost with. */
  public int lostCommits() {
    return lost.get();
  }

  Mood mood() {
    return mood;
  }

  void lose() {
    lost.incrementAndGet();
  }

  void forget(Cable cable) {
    cables.remove(cable);
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    try {
      Socket there = new Socket();
      there.connect(server, 2_000);
      client.setTcpNoDelay(true);
      there.setTcpNoDelay(true);
      Cable cable = new Cable(this, client, there);
      cables.add(cable);
      cable.start();
    } catch (IOException down) {
      Cable.close(client);
    }
  }

  @Override
  public void close() {
    Cable.close(door);
    cables.forEach(Cable::cut);
  }
}
