package io.chancery.rotation;

import io.chancery.access.foreign.ForeignAuthorities;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.JavaCertificates;
import io.chancery.x509.handshake.HandshakeAlgorithms;
import io.chancery.x509.handshake.KeyStores;
import io.quarkus.tls.runtime.TrustStoreAndTrustOptions;
import io.quarkus.tls.runtime.TrustStoreProvider;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whose client certificates the handshake lets through: those below this authority's roots, and
 * below the foreign ones that the operator accepts. Whether one is still in force is asked of the
 * book on every request, not here.
 */
@Singleton
@Identifier(ServerKeys.TLS_NAME)
final class ClientTrust implements TrustStoreProvider {
  private final Issuers issuers;
  private final ForeignAuthorities foreign;

  @Inject
  ClientTrust(Issuers issuers, ForeignAuthorities foreign) {
    this.issuers = issuers;
    this.foreign = foreign;
  }

  @Override
  public TrustStoreAndTrustOptions getTrustStore(Vertx vertx) {
    HandshakeAlgorithms.everywhere(); // here every new client's path and proof are verified
    try {
      KeyStore store = KeyStores.inMemory();
      for (Issuer issuer : issuers.all()) {
        add(store, issuer.certificate());
        for (IssuedCertificate above : issuer.chain()) {
          add(store, above);
        }
      }
      for (X509Certificate anchor : foreign.anchors()) {
        store.setCertificateEntry("foreign " + store.size(), anchor);
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      return new TrustStoreAndTrustOptions(
          store, TrustOptions.wrap(managers.getTrustManagers()[0]));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("a trust store in memory cannot fail", impossible);
    }
  }

  @PreDestroy
  void leave() {
    HandshakeAlgorithms.nowhere();
  }

  private static void add(KeyStore store, IssuedCertificate certificate)
      throws GeneralSecurityException {
    store.setCertificateEntry(certificate.thumbprint().hex(), JavaCertificates.of(certificate));
  }
}
