package io.chancery.cli.serve;

import io.chancery.x509.DistinguishedName;
import io.chancery.x509.JavaCertificates;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyPairs;
import io.chancery.x509.SelfSigned;
import io.chancery.x509.Validity;
import io.chancery.x509.handshake.KeyStores;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/**
 * A TLS handshake of this process with itself, in memory. What the JVM makes at its first one, the
 * tables of the curves, primes and suites, is there when the first client comes. Nothing is kept.
 */
public final class FirstHandshake {
  private static final char[] NO_PASSWORD = {};
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** A handshake of TLS 1.3 is over after three. */
  private static final int TURNS = 4;

  private FirstHandshake() {}

  /** Whether it came to its end. */
  public static boolean hold(Instant now) throws GeneralSecurityException, IOException {
    SSLContext context = context(now);
    SSLEngine client = context.createSSLEngine();
    client.setUseClientMode(true);
    SSLEngine server = context.createSSLEngine();
    server.setUseClientMode(false);
    server.setWantClientAuth(true);
    client.beginHandshake();
    server.beginHandshake();
    int size = 4 * client.getSession().getPacketBufferSize();
    ByteBuffer toServer = ByteBuffer.allocate(size);
    ByteBuffer toClient = ByteBuffer.allocate(size);
    for (int turn = 0; turn < TURNS; turn++) {
      speak(client, toClient, toServer);
      speak(server, toServer, toClient);
    }
    return client.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
        && server.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
        && server.getSession().isValid();
  }

  /** As far as it goes without hearing more. */
  private static void speak(SSLEngine engine, ByteBuffer heard, ByteBuffer said)
      throws SSLException {
    ByteBuffer plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    while (true) {
      switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> engine.getDelegatedTask().run();
        case NEED_WRAP -> engine.wrap(NOTHING, said);
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          heard.flip();
          int read = engine.unwrap(heard, plain.clear()).bytesConsumed();
          heard.compact();
          if (read == 0) {
            return;
          }
        }
        case FINISHED, NOT_HANDSHAKING -> {
          return;
        }
      }
    }
  }

  private static SSLContext context(Instant now) throws GeneralSecurityException, IOException {
    KeyPair pair = KeyPairs.generate(KeyAlgorithm.EC_P256);
    X509Certificate own =
        JavaCertificates.of(
            SelfSigned.of(
                pair,
                DistinguishedName.ofCommonName("nobody"),
                Validity.starting(now, Duration.ofMinutes(10))));
    KeyStore store = KeyStores.inMemory();
    store.setKeyEntry("own", pair.getPrivate(), NO_PASSWORD, new X509Certificate[] {own});
    store.setCertificateEntry("trusted", own);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, NO_PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
