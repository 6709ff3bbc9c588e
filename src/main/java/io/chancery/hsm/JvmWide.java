package io.chancery.hsm;

import java.lang.reflect.Field;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * What all class loaders of this JVM must share about one native module. A module is initialized
 * once per process, and finalizing it while any thread is inside kills the process: the lock has to
 * be one, even where this class is loaded twice (tests, development mode). So it is kept where the
 * system class loader has this class, as types of the platform only.
 */
final class JvmWide {
  private static final ConcurrentMap<String, Object> OWN = new ConcurrentHashMap<>();

  private JvmWide() {}

  static ReentrantReadWriteLock lock(String module) {
    return (ReentrantReadWriteLock)
        shared().computeIfAbsent("lock " + module, absent -> new ReentrantReadWriteLock());
  }

  /** Counts initializations: a session of an earlier epoch must not be used, nor closed. */
  static AtomicLong epoch(String module) {
    return (AtomicLong) shared().computeIfAbsent("epoch " + module, absent -> new AtomicLong());
  }

  private static ConcurrentMap<String, Object> shared() {
    return Shared.MAP;
  }

  /** Found once per loading of this class. */
  private static final class Shared {
    static final ConcurrentMap<String, Object> MAP = ofSystemLoader();

    @SuppressWarnings("unchecked") // it is this very field of another loading of this class
    private static ConcurrentMap<String, Object> ofSystemLoader() {
      try {
        Class<?> one =
            Class.forName(JvmWide.class.getName(), true, ClassLoader.getSystemClassLoader());
        Field own = one.getDeclaredField("OWN");
        own.setAccessible(true);
        return (ConcurrentMap<String, Object>) own.get(null);
      } catch (ReflectiveOperationException onlyHere) {
        // A packaged service: the system loader does not know this class, and there is one loading.
        return OWN;
      }
    }
  }
}
