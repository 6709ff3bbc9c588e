package io.chancery.cli;

import io.chancery.x509.handshake.KeyStores;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS from PEM: the given roots and nothing else are trusted. */
final class Tls {
  private Tls() {}

  static SSLContext context(List<X509Certificate> roots, Optional<Identity> identity) {
    try {
      KeyStore trusted = KeyStores.inMemory();
      for (int i = 0; i < roots.size(); i++) {
        trusted.setCertificateEntry("root-" + i, roots.get(i));
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(identity), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError("a key store in memory always works", impossible);
    }
  }

  private static KeyManager[] keys(Optional<Identity> identity) throws GeneralSecurityException {
    if (identity.isEmpty()) {
      return new KeyManager[0];
    }
    char[] never = new char[0]; // the store never leaves this memory
    KeyStore store = KeyStores.inMemory();
    store.setKeyEntry(
        "identity",
        identity.get().key(),
        never,
        identity.get().certificates().toArray(X509Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, never);
    return keys.getKeyManagers();
  }
}
