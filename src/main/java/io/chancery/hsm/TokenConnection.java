package io.chancery.hsm;

import iaik.pkcs.pkcs11.wrapper.PKCS11;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.hsm.crew.Breaker;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/**
 * One token, found and logged in for life. Closing a token's last session logs it out, so one
 * session, the anchor, is kept open and never signs for a caller. Whenever it is cast anew, the
 * token must be the same one, and its keys must prove themselves.
 */
final class TokenConnection {
  /** Some modules know no read-only session; a CA needs none. */
  static final long READ_WRITE =
      PKCS11Constants.CKF_SERIAL_SESSION | PKCS11Constants.CKF_RW_SESSION;

  private static final Duration RESTART_PAUSE = Duration.ofMillis(500);
  private static final Duration DISTURBANCE_PAUSE = Duration.ofSeconds(30);
  private static final Duration CASTING = Duration.ofSeconds(5);
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final Pkcs11Module module;
  private final HsmConfig config;
  private final TokenFinder finder;
  private final Login login;
  private final KeyGuard guard;
  private final Breaker breaker;
  private final BooleanSupplier mayRestart;
  private final Queue<Session> unclosed = new ConcurrentLinkedQueue<>();
  private volatile Casting casting = new Casting();
  private volatile Optional<Anchor> anchor = Optional.empty();
  private volatile Optional<Tokens.Found> known = Optional.empty();
  private volatile long disturbed = System.nanoTime();
  private long lastRestart = System.nanoTime() - RESTART_PAUSE.toNanos();

  /** An open session, worth something in its own epoch of the module only. */
  record Session(long handle, long epoch) {}

  private record Anchor(Tokens.Found token, Session session) {}

  /** Whoever connects; who hangs in it is replaced together with this. */
  private static final class Casting extends ReentrantLock {
    private static final long serialVersionUID = 1L;

    boolean isOf(Thread thread) {
      return thread.equals(getOwner());
    }
  }

  /** {@code mayRestart}: whether initializing the module again disturbs nobody who works. */
  TokenConnection(
      Pkcs11Module module,
      HsmConfig config,
      KeyGuard guard,
      Breaker breaker,
      BooleanSupplier mayRestart) {
    this.module = module;
    this.config = config;
    this.finder = new TokenFinder(config);
    this.login = new Login(module, config);
    this.guard = guard;
    this.breaker = breaker;
    this.mayRestart = mayRestart;
  }

  Pkcs11Module module() {
    return module;
  }

  Login login() {
    return login;
  }

  KeyGuard guard() {
    return guard;
  }

  Breaker breaker() {
    return breaker;
  }

  /** A new session of the logged-in user. Called within a visit to the module. */
  Session open(PKCS11 cryptoki) throws PKCS11Exception {
    Tokens.Found token;
    try {
      token = anchored(cryptoki).token();
    } catch (PkiException refused) {
      breaker.trip(refused.failure().detail());
      throw refused;
    }
    closeLeftovers();
    return open(cryptoki, token);
  }

  /** The token that hsm.yaml means, refused in words where there is none. */
  Tokens.Found mustFind(PKCS11 cryptoki) throws PKCS11Exception {
    return finder.mustFind(cryptoki);
  }

  /** The token as it was found, with the flags that it had then. */
  Tokens.Found token(PKCS11 cryptoki) throws PKCS11Exception {
    return anchored(cryptoki).token();
  }

  /** The token as it was when it was connected last. */
  Optional<Tokens.Found> known() {
    return known;
  }

  boolean isCurrent(Session session) {
    return session.epoch() == module.epoch();
  }

  /** Closes a session if it is one still; one that the token does not close is closed later. */
  void close(Session session) {
    try {
      module.call(
          cryptoki -> {
            // Another epoch may have given the same number to somebody else's session.
            if (isCurrent(session)) {
              cryptoki.C_CloseSession(session.handle());
            }
            return session;
          });
    } catch (PKCS11Exception problem) {
      if (Fault.of(problem) != Fault.SESSION && Fault.of(problem) != Fault.MODULE) {
        unclosed.add(session);
      }
    } catch (PkiException away) {
      unclosed.add(session);
    }
  }

  /** Whether {@link #restart} would do it now. */
  boolean mayRestart() {
    return module.stuck() == 0
        && (mayRestart.getAsBoolean()
            || System.nanoTime() - disturbed > DISTURBANCE_PAUSE.toNanos());
  }

  /**
   * The last means: initializes the module again, as a token that came back may want it. Not more
   * often than every half second, because it ends every session of the process, and every half
   * minute while another token of the module works. False where it was too early.
   */
  boolean restart(long seen) throws PKCS11Exception {
    synchronized (this) {
      if (!mayRestart() || System.nanoTime() - lastRestart < RESTART_PAUSE.toNanos()) {
        return module.epoch() != seen;
      }
      lastRestart = System.nanoTime();
      disturbed = lastRestart;
    }
    module.restart(seen);
    return module.epoch() != seen;
  }

  /** A thread that hangs must not keep the others from connecting. */
  void gone(Thread hung) {
    module.gone();
    if (casting.isOf(hung)) {
      casting = new Casting();
    }
  }

  /** It came back. */
  void back() {
    module.back();
  }

  /**
   * Lets the anchor go. No C_Logout: it would log out every other part of this process that uses
   * the token, and the token does it by itself when the last session closes.
   */
  void close() {
    try {
      module.call(
          cryptoki -> {
            release();
            closeLeftovers();
            return this;
          });
    } catch (PKCS11Exception | PkiException gone) {
      // Nothing is left to close.
    }
  }

  private void release() {
    Optional<Anchor> weighed = anchor;
    anchor = Optional.empty();
    weighed.map(Anchor::session).ifPresent(this::close);
  }

  private void closeLeftovers() {
    int left = unclosed.size();
    for (int i = 0; i < left; i++) {
      Optional.ofNullable(unclosed.poll()).filter(this::isCurrent).ifPresent(this::close);
    }
  }

  /** Within a visit to the module: the module's lock comes first, then this one. */
  private Anchor anchored(PKCS11 cryptoki) throws PKCS11Exception {
    Optional<Anchor> held = anchor;
    if (held.isPresent() && holds(cryptoki, held.get())) {
      return held.get();
    }
    Casting mine = casting;
    if (!entered(mine)) {
      throw away("another thread is connecting to it").thrown();
    }
    try {
      held = anchor;
      if (held.isPresent() && holds(cryptoki, held.get())) {
        return held.get();
      }
      release();
      Anchor cast = cast(cryptoki);
      if (casting != mine) {
        close(cast.session());
        throw away("it took too long to connect").thrown();
      }
      known = Optional.of(cast.token());
      anchor = Optional.of(cast);
      return cast;
    } finally {
      mine.unlock();
    }
  }

  private Anchor cast(PKCS11 cryptoki) throws PKCS11Exception {
    Tokens.Found token = finder.find(cryptoki);
    mustBeTheSame(token);
    Session session = open(cryptoki, token);
    try {
      login.ensure(cryptoki, session.handle(), token);
      guard.inspect(cryptoki, session.handle());
    } catch (PKCS11Exception | RuntimeException refused) {
      close(session);
      throw refused;
    }
    return new Anchor(token, session);
  }

  /** No PIN is offered to a token that only bears the other one's name. */
  private void mustBeTheSame(Tokens.Found token) {
    Optional<String> serial = known.map(Tokens.Found::serial);
    if (serial.isPresent() && !serial.get().equals(token.serial())) {
      throw new Failure.Misconfigured(
              config.file().toString(),
              "the token "
                  + token.words()
                  + " is not the one that was here before, which has serial number "
                  + serial.get(),
              "bring the token back; if it was replaced on purpose, restart the service")
          .thrown();
    }
  }

  private static boolean entered(Casting casting) {
    try {
      return casting.tryLock(CASTING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean holds(PKCS11 cryptoki, Anchor held) {
    try {
      return isCurrent(held.session()) && Login.isUser(cryptoki, held.session().handle());
    } catch (PKCS11Exception gone) {
      return false;
    }
  }

  private Session open(PKCS11 cryptoki, Tokens.Found token) throws PKCS11Exception {
    return new Session(
        cryptoki.C_OpenSession(token.slot(), READ_WRITE, null, null), module.epoch());
  }

  private static Failure away(String reason) {
    return new Failure.Unavailable("HSM", reason, RETRY);
  }
}
