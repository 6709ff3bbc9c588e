package io.chancery.hsm;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the operating system knows of this process and Java does not tell: environment variables as
 * a native library reads them (PKCS#11 modules find their configuration by them), and the user.
 */
final class NativeProcess {
  private static final ReentrantLock ENVIRONMENT = new ReentrantLock();
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle SETENV =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("setenv"),
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT));
  private static final MethodHandle GETEUID =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("geteuid"),
          FunctionDescriptor.of(ValueLayout.JAVA_INT));

  private static final Map<String, String> VARIABLES = new ConcurrentHashMap<>(System.getenv());

  private NativeProcess() {}

  /** A step of native code that reads the environment. */
  interface Step<E extends Exception> {
    void run() throws E;
  }

  /**
   * Runs native code that reads these variables; {@link System#getenv} does not see them. Another
   * library's step waits, so that each reads its own; not for one that hangs.
   */
  static <E extends Exception> void within(Map<String, String> variables, Step<E> step) throws E {
    boolean alone = entered();
    try {
      variables.forEach(NativeProcess::set);
      step.run();
    } finally {
      if (alone) {
        ENVIRONMENT.unlock();
      }
    }
  }

  private static boolean entered() {
    try {
      return ENVIRONMENT.tryLock(2, TimeUnit.SECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The user that files made by this process belong to. */
  static int user() {
    try {
      return (int) GETEUID.invokeExact();
    } catch (Throwable impossible) {
      throw new IllegalStateException("geteuid throws nothing", impossible);
    }
  }

  private static void set(String name, String value) {
    // setenv moves the table under whoever reads it in another thread: not where nothing changes.
    if (value.equals(VARIABLES.put(name, value))) {
      return;
    }
    int answer;
    try (Arena arena = Arena.ofConfined()) {
      answer = (int) SETENV.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
    } catch (Throwable impossible) {
      throw new IllegalStateException("setenv throws nothing", impossible);
    }
    if (answer != 0) {
      throw new IllegalStateException("setenv refused " + name);
    }
  }
}
