package io.chancery.x509.handshake;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/** Where JSSE is told of keys and certificates that are in memory already. */
public final class KeyStores {
  /** The format that derives no key from a password, which in PKCS #12 is 10,000 hashes a time. */
  private static final String FORMAT = "JKS";

  private KeyStores() {}

  /** An empty one. */
  public static KeyStore inMemory() throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(FORMAT);
    try {
      store.load(null, null);
    } catch (IOException impossible) {
      throw new IllegalStateException("nothing is read", impossible);
    }
    return store;
  }
}
