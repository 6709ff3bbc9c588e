package io.chancery.chaos.database;

/** One way in which a database fails: it begins, lasts, and ends with all as it was before. */
public interface DatabaseFault {
  String name();

  void begin();

  /** Puts back what nothing else does; also where {@link #begin} failed half way. */
  void end();
}
