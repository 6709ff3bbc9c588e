package io.chancery.x509.handshake;

import java.security.Key;
import java.security.Provider;
import java.security.Security;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.XECPrivateKey;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Whoever in this process asks Java to verify ECDSA, or for X25519, is answered here first; TLS
 * above all, for a client's certificate and its proof of the key (RFC 8446 s4.4.3) and for the
 * shared secret (s4.2.8.2). A key that is refused here goes on to Java's own, and so does one that
 * is to sign.
 */
public final class HandshakeAlgorithms extends Provider {
  /** {@code -Dchancery.handshake-algorithms=off}: TLS computes with Java's own alone. */
  static final String SWITCH = "chancery.handshake-algorithms";

  static final String NAME = "Chancery-Handshake";

  private static final long serialVersionUID = 1L;

  HandshakeAlgorithms() {
    super(NAME, "1", "verifies ECDSA, makes and agrees X25519; signs nothing");
    verifies("SHA256withECDSA", "SHA-256"); // RFC 5758 s3.2
    verifies("SHA384withECDSA", "SHA-384");
    verifies("SHA512withECDSA", "SHA-512");
    offer("KeyPairGenerator", "XDH", Key.class, X25519Pairs.class, X25519Pairs::new);
    offer("KeyAgreement", "XDH", XECPrivateKey.class, X25519Agreement.class, X25519Agreement::new);
  }

  /** From now on, in this process; once more does nothing. */
  public static void everywhere() {
    if (!System.getProperty(SWITCH, "").equals("off")) {
      Security.insertProviderAt(new HandshakeAlgorithms(), 1);
    }
  }

  /** No longer; with the service its classes go. */
  public static void nowhere() {
    Provider registered = Security.getProvider(NAME);
    if (registered instanceof HandshakeAlgorithms) {
      Security.removeProvider(NAME);
    }
  }

  private void verifies(String algorithm, String digest) {
    offer(
        "Signature",
        algorithm,
        ECPublicKey.class,
        EcdsaVerifier.class,
        () -> new EcdsaVerifier(digest));
  }

  private void offer(
      String type, String algorithm, Class<?> keys, Class<?> spi, Supplier<Object> made) {
    putService(
        new Service(this, type, algorithm, spi.getName(), List.of(), Map.of()) {
          @Override
          public Object newInstance(Object none) {
            return made.get();
          }

          /** Asked before a key is handed in, so that Java's own is asked for all others. */
          @Override
          public boolean supportsParameter(Object key) {
            return keys.isInstance(key);
          }
        });
  }
}
