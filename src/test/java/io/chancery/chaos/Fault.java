package io.chancery.chaos;

/** Something that breaks, and comes back. */
public interface Fault {
  /** A few words, the same for each time that it happens. */
  String name();

  Part part();

  /** Breaks it; returns at once. */
  void begin();

  /** Ends what was broken; afterwards the part is there again. */
  void end();
}
