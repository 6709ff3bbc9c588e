package io.chancery.cli.bench.crowd;

import io.chancery.x509.handshake.HandshakeAlgorithms;
import io.chancery.x509.handshake.KeyStores;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * An https listener of this machine, as somebody with or without a certificate of its own reaches
 * it. There is no way to name another machine.
 */
public final class Door {
  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final Duration ANSWER = Duration.ofSeconds(90);

  /** No session is worth keeping: none is ever resumed. */
  private static final int SESSIONS = 4;

  private static final AtomicLong CONNECTIONS = new AtomicLong();

  private final int port;
  private final TrustManager[] trust;
  private final SSLContext context;

  private Door(int port, TrustManager[] trust, KeyManager[] own) {
    this.port = port;
    this.trust = trust;
    HandshakeAlgorithms.everywhere(); // the crowd shares the processors with whom it measures
    try {
      this.context = SSLContext.getInstance("TLS");
      context.init(own, trust, null);
      context.getClientSessionContext().setSessionCacheSize(SESSIONS);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Java speaks TLS", impossible);
    }
  }

  /** Without a certificate of one's own. */
  public static Door of(int port, List<X509Certificate> roots) {
    try {
      KeyStore trusted = KeyStores.inMemory();
      for (X509Certificate root : roots) {
        trusted.setCertificateEntry("root-" + trusted.size(), root);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      TrustManager[] checked =
          Stream.of(factory.getTrustManagers())
              .map(X509ExtendedTrustManager.class::cast)
              .map(OnceChecked::new)
              .toArray(TrustManager[]::new);
      return new Door(port, checked, new KeyManager[0]);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Java keeps certificates", impossible);
    }
  }

  /** The same door for the holder of a certificate. */
  Door as(PrivateKey key, List<X509Certificate> chain) {
    return new Door(port, trust, new KeyManager[] {new OneKey(key, chain)});
  }

  public int port() {
    return port;
  }

  /**
   * A new connection, its handshake done. Sessions are found by the peer's name: a name of its own
   * for each makes every handshake a full one.
   */
  TlsConnection open() throws IOException {
    Socket plain = new Socket();
    try {
      plain.setTcpNoDelay(true);
      plain.connect(
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
          (int) CONNECT.toMillis());
      plain.setSoTimeout((int) ANSWER.toMillis());
      String name = "connection-" + CONNECTIONS.incrementAndGet();
      SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, name, port, true);
      socket.startHandshake();
      return new TlsConnection(socket);
    } catch (IOException failed) {
      plain.close();
      throw failed;
    }
  }
}
