package io.chancery.rotation;

import io.chancery.x509.DistinguishedName;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.JavaCertificates;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyPairs;
import io.chancery.x509.SelfSigned;
import io.chancery.x509.Validity;
import io.chancery.x509.handshake.KeyStores;
import io.quarkus.tls.runtime.KeyStoreAndKeyCertOptions;
import io.quarkus.tls.runtime.KeyStoreProvider;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

/**
 * Hands key and certificate of https to the TLS stack. Before the first certificate is issued, and
 * no listener is open yet, it hands out one that nobody trusts.
 */
@Singleton
@Identifier(ServerKeys.TLS_NAME)
final class ServerKeys implements KeyStoreProvider {
  static final String TLS_NAME = "https";

  /** The store lives in memory only; a password would protect nothing. */
  private static final char[] NO_PASSWORD = {};

  private final InstantSource clock;
  private KeyStoreAndKeyCertOptions current;

  @Inject
  ServerKeys(InstantSource clock) {
    this.clock = clock;
    KeyPair pair = KeyPairs.generate(KeyAlgorithm.EC_P256);
    this.current = options(pair, List.of(nobodyTrusts(pair)));
  }

  synchronized void use(KeyPair pair, List<IssuedCertificate> chain) {
    current = options(pair, chain);
  }

  @Override
  public synchronized KeyStoreAndKeyCertOptions getKeyStore(Vertx vertx) {
    return current;
  }

  private IssuedCertificate nobodyTrusts(KeyPair pair) {
    return SelfSigned.of(
        pair,
        DistinguishedName.ofCommonName("not yet issued"),
        Validity.starting(clock.instant(), Duration.ofMinutes(10)));
  }

  private static KeyStoreAndKeyCertOptions options(KeyPair pair, List<IssuedCertificate> chain) {
    try {
      KeyStore store = KeyStores.inMemory();
      X509Certificate[] certificates =
          chain.stream().map(JavaCertificates::of).toArray(X509Certificate[]::new);
      store.setKeyEntry("https", pair.getPrivate(), NO_PASSWORD, certificates);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, NO_PASSWORD);
      return new KeyStoreAndKeyCertOptions(
          store, KeyCertOptions.wrap((X509KeyManager) managers.getKeyManagers()[0]));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("a key store in memory cannot fail", impossible);
    }
  }
}
