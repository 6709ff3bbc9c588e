package io.chancery.hsm;

import java.security.Provider;
import java.security.Security;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * What all class loaders of this JVM must share about one native module. A module is initialized
 * once per process, and finalizing it while any thread is inside kills the process: the lock has to
 * be one, even where this class is loaded twice (tests, development mode).
 *
 * <p>The one map of objects by name that the platform shares and nobody minds is a security
 * provider; this one has no algorithms. System properties will not do: libraries take them for
 * strings.
 */
final class JvmWide {
  private static final String NAME = "Chancery-Modules";

  private JvmWide() {}

  static ReentrantReadWriteLock lock(String module) {
    return (ReentrantReadWriteLock)
        shared().computeIfAbsent("lock " + module, absent -> new ReentrantReadWriteLock());
  }

  /** Counts initializations: a session of an earlier epoch must not be used, nor closed. */
  static AtomicLong epoch(String module) {
    return (AtomicLong) shared().computeIfAbsent("epoch " + module, absent -> new AtomicLong());
  }

  private static Provider shared() {
    // Of two that race, the second is not added; both read the first.
    Provider mine = Security.getProvider(NAME);
    if (mine == null) {
      Security.addProvider(new Shelf());
      mine = Security.getProvider(NAME);
    }
    return mine;
  }

  private static final class Shelf extends Provider {
    private static final long serialVersionUID = 1L;

    Shelf() {
      super(NAME, "1", "locks of native modules, shared between class loaders; no algorithms");
    }
  }
}
