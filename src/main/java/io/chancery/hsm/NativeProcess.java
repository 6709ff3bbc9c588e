package io.chancery.hsm;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * What the operating system knows of this process and Java does not tell: environment variables as
 * a native library reads them (PKCS#11 modules find their configuration by them), and the user.
 */
final class NativeProcess {
  private static final ReentrantLock ENVIRONMENT = new ReentrantLock();

  /** Linux: the real, effective, saved and file system's user (proc_pid_status(5)). */
  private static final Path STATUS = Path.of("/proc/self/status");

  private static final String USERS = "Uid:";

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
    try (Stream<String> lines = Files.lines(STATUS)) {
      String users = lines.filter(line -> line.startsWith(USERS)).findFirst().orElseThrow();
      return Integer.parseUnsignedInt(users.substring(USERS.length()).strip().split("\\s+")[1]);
    } catch (IOException | RuntimeException noLinux) {
      return userByLibrary();
    }
  }

  /** The same as the C library says it, where nothing under /proc does. */
  static int userByLibrary() {
    try {
      return (int) Effective.GETEUID.invokeExact();
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
      answer =
          (int) Variable.SETENV.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
    } catch (Throwable impossible) {
      throw new IllegalStateException("setenv throws nothing", impossible);
    }
    if (answer != 0) {
      throw new IllegalStateException("setenv refused " + name);
    }
  }

  /** A call of C is linked when it is needed: each makes a dozen classes. */
  private static final class Variable {
    static final MethodHandle SETENV =
        linked(
            "setenv",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));
  }

  private static final class Effective {
    static final MethodHandle GETEUID =
        linked("geteuid", FunctionDescriptor.of(ValueLayout.JAVA_INT));
  }

  private static MethodHandle linked(String name, FunctionDescriptor shape) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape);
  }
}
