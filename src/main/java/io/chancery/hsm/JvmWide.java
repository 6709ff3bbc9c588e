package io.chancery.hsm;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * What all class loaders of this JVM must share about one native module. A module is initialized
 * once per process, and finalizing it while any thread is inside kills the process: the lock has to
 * be one, even where this class is loaded twice (tests, development mode). So it is kept in the
 * system properties, as types of the platform only.
 */
final class JvmWide {
  private static final String KEY = "io.chancery.hsm.modules";

  private JvmWide() {}

  static ReentrantReadWriteLock lock(String module) {
    return (ReentrantReadWriteLock)
        shared().computeIfAbsent("lock " + module, absent -> new ReentrantReadWriteLock());
  }

  /** Counts initializations: a session of an earlier epoch must not be used, nor closed. */
  static AtomicLong epoch(String module) {
    return (AtomicLong) shared().computeIfAbsent("epoch " + module, absent -> new AtomicLong());
  }

  @SuppressWarnings("unchecked") // nobody else writes under this key
  private static ConcurrentMap<String, Object> shared() {
    return (ConcurrentMap<String, Object>)
        System.getProperties()
            .computeIfAbsent(KEY, absent -> new ConcurrentHashMap<String, Object>());
  }
}
