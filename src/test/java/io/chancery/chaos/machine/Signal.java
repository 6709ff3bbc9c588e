package io.chancery.chaos.machine;

/** What a process can be sent. */
public enum Signal {
  /** Freezes it: its connections stay, its leases run out. */
  STOP,
  /** It goes on, as if no time had passed. */
  CONT,
  /** Asks it to stop in order. */
  TERM,
  /** Ends it in the middle of whatever it does. */
  KILL;

  public void to(ProcessHandle process) {
    if (process.isAlive()) {
      Programs.attempt("kill", "-" + name(), String.valueOf(process.pid()));
    }
  }
}
