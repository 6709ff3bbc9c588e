package io.chancery.hsm;

import io.chancery.Quoted;

/** Which token of a module is meant. */
public sealed interface TokenChoice {
  /** For a message: how the operator named it. */
  String words();

  /** For the name of a thread. */
  default String name() {
    return switch (this) {
      case ByLabel(String label) -> label;
      case BySerial(String serial) -> serial;
      case BySlot(long slot) -> "slot" + slot;
    };
  }

  /** By CKA label; refused where two tokens carry it. */
  record ByLabel(String label) implements TokenChoice {
    @Override
    public String words() {
      return "label " + Quoted.of(label);
    }
  }

  /** By serial number, the surest name. */
  record BySerial(String serial) implements TokenChoice {
    @Override
    public String words() {
      return "serial number " + Quoted.of(serial);
    }
  }

  /** By slot number, for modules that keep it stable. */
  record BySlot(long slot) implements TokenChoice {
    @Override
    public String words() {
      return "slot " + slot;
    }
  }
}
