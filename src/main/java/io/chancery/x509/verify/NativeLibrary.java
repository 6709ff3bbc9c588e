package io.chancery.x509.verify;

import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The native library, once it is there. It is loaded beside the work and only when enough was
 * verified that it pays: unpacking ten megabytes would delay a start, and most commands end before.
 */
final class NativeLibrary {
  /** {@code -Dchancery.native-verification=off}: it is not loaded. */
  static final String SWITCH = "chancery.native-verification";

  /** A start verifies a handful; a service under load has that many in a fraction of a second. */
  static final int ENOUGH = 64;

  private static final System.Logger LOG = System.getLogger(NativeLibrary.class.getName());
  private static final NativeLibrary SHARED =
      new NativeLibrary(() -> unless(System.getProperty(SWITCH, "")));

  private final Callable<Corretto> loader;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Optional<Corretto> loaded = Optional.empty();

  NativeLibrary(Callable<Corretto> loader) {
    this.loader = loader;
  }

  /** The one of this process. */
  static NativeLibrary shared() {
    return SHARED;
  }

  Optional<Corretto> ifLoaded() {
    if (asked.get() < ENOUGH && asked.incrementAndGet() == ENOUGH) {
      Thread.ofPlatform().daemon().name("native-verification").start(this::load);
    }
    return loaded;
  }

  /** Tries it, and says once who verifies from now on. */
  void load() {
    try {
      Corretto library = loader.call();
      loaded = Optional.of(library);
      LOG.log(Level.INFO, () -> "ECDSA signatures are verified by " + library);
    } catch (Exception | LinkageError absent) {
      LOG.log(Level.INFO, () -> "ECDSA signatures are verified by BouncyCastle: " + reason(absent));
    }
  }

  static Corretto unless(String said)
      throws GeneralSecurityException, ReflectiveOperationException {
    if (said.equals("off")) {
      throw new GeneralSecurityException(SWITCH + "=off");
    }
    return Corretto.load();
  }

  private static String reason(Throwable absent) {
    return switch (absent) {
      case ClassNotFoundException notBuiltIn -> "this build has no native library for this machine";
      case GeneralSecurityException says -> String.valueOf(says.getMessage());
      default -> absent.toString();
    };
  }
}
