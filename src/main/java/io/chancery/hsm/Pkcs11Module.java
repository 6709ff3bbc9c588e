package io.chancery.hsm;

import iaik.pkcs.pkcs11.wrapper.CK_C_INITIALIZE_ARGS;
import iaik.pkcs.pkcs11.wrapper.PKCS11;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;
import io.chancery.Failure;
import io.chancery.Quoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Module;

/**
 * A loaded PKCS#11 library, one for each path. Every call into it goes through {@link #call}, under
 * a read lock; finalizing and initializing it again takes the write lock, because a library that is
 * finalized while a thread is inside takes the JVM down.
 *
 * <p>It is never finalized for good: another part of this process may use the same library.
 */
final class Pkcs11Module {
  private static final System.Logger LOG = System.getLogger(Pkcs11Module.class.getName());
  private static final Map<Path, Pkcs11Module> LOADED = new HashMap<>();
  private static final Duration RESTART_WAIT = Duration.ofSeconds(1);
  private static final Duration ENTRY_WAIT = Duration.ofSeconds(5);
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final PKCS11 cryptoki;
  private final Map<String, String> environment;
  private final ReentrantReadWriteLock lock;
  private final AtomicLong epoch;
  private final AtomicInteger stuck = new AtomicInteger();
  private final Set<String> refusedPins = ConcurrentHashMap.newKeySet();

  private Pkcs11Module(PKCS11 cryptoki, Path library, Map<String, String> environment) {
    this.cryptoki = cryptoki;
    this.environment = environment;
    this.lock = JvmWide.lock(library.toString());
    this.epoch = JvmWide.epoch(library.toString());
  }

  /** The module of the first of these libraries that is there, initialized. */
  static Pkcs11Module of(List<Path> candidates, Map<String, String> environment) {
    synchronized (LOADED) {
      Path library = present(candidates);
      Pkcs11Module loaded = LOADED.get(library);
      if (loaded == null) {
        loaded = load(library, environment);
        LOADED.put(library, loaded);
      }
      loaded.mustRunIn(environment, library);
      return loaded;
    }
  }

  /** One visit to the library. */
  interface Call<T> {
    T on(PKCS11 cryptoki) throws PKCS11Exception;
  }

  <T> T call(Call<T> call) throws PKCS11Exception {
    enter();
    try {
      return call.on(cryptoki);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Waits while the library is initialized again, but not for one that never comes back of it. */
  private void enter() {
    boolean interrupted = false;
    long end = System.nanoTime() + ENTRY_WAIT.toNanos();
    try {
      while (true) {
        try {
          if (lock.readLock().tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            return;
          }
          throw new Failure.Unavailable("HSM", "its library is being initialized", RETRY).thrown();
        } catch (InterruptedException stop) {
          interrupted = true; // A session that is given back is given back all the same.
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A thread inside was given up: until it is {@link #back} the library cannot be finalized. */
  void gone() {
    stuck.incrementAndGet();
  }

  void back() {
    stuck.decrementAndGet();
  }

  /** Threads that hang inside. */
  int stuck() {
    return stuck.get();
  }

  /** A visit during which nobody else is inside. */
  <T> T callAlone(Call<T> call) throws PKCS11Exception {
    lock.writeLock().lock();
    try {
      return call.on(cryptoki);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Stays the same for the length of a {@link #call}. */
  long epoch() {
    return epoch.get();
  }

  /**
   * Finalizes and initializes the library, unless somebody did since {@code seen}; every session of
   * the process ends by it. A library with a thread stuck inside is left alone.
   */
  void restart(long seen) throws PKCS11Exception {
    if (stuck.get() > 0 || !lockedForRestart()) {
      return;
    }
    try {
      if (epoch.get() == seen) {
        epoch.incrementAndGet();
        finalizeLibrary();
        initialize();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Tokens that refused a PIN since this process started, by serial number. */
  Set<String> refusedPins() {
    return refusedPins;
  }

  private boolean lockedForRestart() {
    try {
      return lock.writeLock().tryLock(RESTART_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void finalizeLibrary() {
    try {
      cryptoki.C_Finalize(null);
    } catch (PKCS11Exception problem) {
      // Whatever it says: the next step is the same, and tells whether the library can go on.
      LOG.log(System.Logger.Level.DEBUG, () -> "C_Finalize answered " + Ckr.name(problem));
    }
  }

  private void initialize() throws PKCS11Exception {
    CK_C_INITIALIZE_ARGS arguments = new CK_C_INITIALIZE_ARGS();
    arguments.flags = PKCS11Constants.CKF_OS_LOCKING_OK;
    try {
      NativeProcess.within(environment, () -> cryptoki.C_Initialize(arguments, true));
    } catch (PKCS11Exception problem) {
      // PKCS#11 s5.4: another part of this process was here first; its initialization serves us.
      if (!Ckr.is(problem, PKCS11Constants.CKR_CRYPTOKI_ALREADY_INITIALIZED)) {
        throw problem;
      }
    }
  }

  private void mustRunIn(Map<String, String> wanted, Path library) {
    if (!wanted.equals(environment)) {
      throw new Failure.Misconfigured(
              library.toString(),
              "this library already runs in this process with another environment",
              "give every token of one library the same environment")
          .thrown();
    }
  }

  private static Path present(List<Path> candidates) {
    return candidates.stream()
        .filter(Files::isRegularFile)
        .findFirst()
        .map(Pkcs11Module::real)
        .orElseThrow(
            () ->
                new Failure.Misconfigured(
                        "module",
                        "no PKCS#11 library at " + Quoted.of(listed(candidates)),
                        "install the vendor's library, or correct the path")
                    .thrown());
  }

  private static String listed(List<Path> candidates) {
    return String.join(", ", candidates.stream().map(Path::toString).toList());
  }

  private static Path real(Path library) {
    try {
      return library.toRealPath();
    } catch (IOException vanished) {
      return library.toAbsolutePath();
    }
  }

  private static Pkcs11Module load(Path library, Map<String, String> environment) {
    WrapperLog.install();
    try {
      PKCS11 cryptoki = PKCS11Module.getInstance(library.toString()).getPKCS11Module();
      Pkcs11Module module = new Pkcs11Module(cryptoki, library, environment);
      module.callAlone(
          nobody -> {
            module.initialize();
            return module;
          });
      return module;
    } catch (IOException | UnsatisfiedLinkError unloadable) {
      throw new Failure.Misconfigured(
              library.toString(),
              "this is no PKCS#11 library that can be loaded here",
              "check that it is built for this machine and that what it links to is installed")
          .because(unloadable);
    } catch (PKCS11Exception problem) {
      throw new Failure.Unavailable(
              "HSM",
              "the library " + library + " does not start: " + Ckr.name(problem),
              Duration.ofSeconds(2))
          .because(problem);
    }
  }
}
