package io.chancery.hsm;

/** How a token differs from the standard; {@code hsm-config/README.md} tells which one does. */
public enum Quirk {
  /** CKA_ID cannot be changed after generation: keys are known by their public key instead. */
  ID_BY_PUBLIC_KEY("id-by-public-key"),
  /** Attributes that are false must not be named in a template. */
  SHORT_TEMPLATE("short-template"),
  /** CKA_ALWAYS_SENSITIVE, CKA_NEVER_EXTRACTABLE and CKA_LOCAL are not reported. */
  NO_KEY_HISTORY("no-key-history"),
  /** CKF_USER_PIN_COUNT_LOW is set after a wrong PIN by a token that never locks. */
  LOW_PIN_COUNT_IS_HARMLESS("low-pin-count-is-harmless");

  private final String word;

  Quirk(String word) {
    this.word = word;
  }

  /** As it stands in hsm.yaml. */
  public String word() {
    return word;
  }
}
