package io.chancery.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.x509.IssuedCertificate;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What clients hold and were promised, by their own word. */
public final class Hands {
  /** A certificate as it was received: two are the same if their SHA-256 is. */
  public record Held(String serial, String certificate, String key) {
    public static Held of(IssuedCertificate one) {
      return new Held(one.serial().hex(), one.thumbprint().hex(), one.key().thumbprint().hex());
    }
  }

  private final Map<String, Held> held = new ConcurrentHashMap<>();
  private final Map<String, String> abandoned = new ConcurrentHashMap<>();
  private final Set<String> revoked = ConcurrentHashMap.newKeySet();

  /** The answer to a request; whatever it was answered with before, it is the same now. */
  public void hold(String requestKey, Held certificate) {
    Held before = held.putIfAbsent(requestKey, certificate);
    if (before != null) {
      assertThat(certificate).as("the answer to a repeated request").isEqualTo(before);
    }
  }

  /** Its client never asked again: nobody knows whether there is a certificate. */
  public void abandon(String requestKey, String publicKey) {
    abandoned.put(requestKey, publicKey);
  }

  /** The revocation was acknowledged. */
  public void revoked(String serial) {
    revoked.add(serial);
  }

  /** By Idempotency-Key. */
  public Map<String, Held> held() {
    return held;
  }

  /** By Idempotency-Key: the thumbprint of the public key. */
  public Map<String, String> abandoned() {
    return abandoned;
  }

  public Set<String> revoked() {
    return revoked;
  }
}
