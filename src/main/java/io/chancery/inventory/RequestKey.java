package io.chancery.inventory;

import io.chancery.Failure;
import io.chancery.x509.Thumbprint;

/**
 * What makes a repeated request the same request: who asked, under which Idempotency-Key, for what.
 */
public record RequestKey(String caller, String key, Thumbprint requestHash) {
  private static final int LONGEST = 200;

  public RequestKey {
    if (key.isBlank()
        || key.length() > LONGEST
        || !key.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw new Failure.Malformed(
              "Idempotency-Key",
              "",
              "must be 1 to " + LONGEST + " visible ASCII characters",
              "draft-ietf-httpapi-idempotency-key-header s2.1")
          .thrown();
    }
  }
}
