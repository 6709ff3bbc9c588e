package io.chancery.issuance;

import java.util.function.Consumer;

/** One way to break one rule: from which good certificate, and which knobs are turned. */
record LintCase(String rule, Base base, Consumer<Knobs> turn) {
  /** The good certificates to begin with. */
  enum Base {
    SERVER,
    RESPONDER,
    SHORT_LIVED,
    AUTHORITY
  }

  static LintCase server(String rule, Consumer<Knobs> turn) {
    return new LintCase(rule, Base.SERVER, turn);
  }

  static LintCase authority(String rule, Consumer<Knobs> turn) {
    return new LintCase(rule, Base.AUTHORITY, turn);
  }

  @Override
  public String toString() {
    return rule + " of " + base;
  }
}
