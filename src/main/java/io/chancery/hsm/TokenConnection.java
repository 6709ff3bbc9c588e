package io.chancery.hsm;

import iaik.pkcs.pkcs11.wrapper.PKCS11;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;
import java.time.Duration;
import java.util.Optional;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/**
 * One token, found and logged in for life. Closing a token's last session logs it out, so one
 * session, the anchor, is kept open and never signs.
 */
final class TokenConnection {
  /** Some modules know no read-only session; a CA needs none. */
  static final long READ_WRITE =
      PKCS11Constants.CKF_SERIAL_SESSION | PKCS11Constants.CKF_RW_SESSION;

  private static final Duration RESTART_PAUSE = Duration.ofMillis(500);

  private final Pkcs11Module module;
  private final TokenFinder finder;
  private final Login login;
  private Optional<Anchor> anchor = Optional.empty();
  private long lastRestart = System.nanoTime() - RESTART_PAUSE.toNanos();

  /** An open session, worth something in its own epoch of the module only. */
  record Session(long handle, long epoch) {}

  private record Anchor(Tokens.Found token, Session session) {}

  TokenConnection(Pkcs11Module module, HsmConfig config) {
    this.module = module;
    this.finder = new TokenFinder(config);
    this.login = new Login(module, config);
  }

  Pkcs11Module module() {
    return module;
  }

  Login login() {
    return login;
  }

  /** A new session of the logged-in user. Called within a visit to the module. */
  Session open(PKCS11 cryptoki) throws PKCS11Exception {
    Tokens.Found token = anchored(cryptoki).token();
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

  boolean isCurrent(Session session) {
    return session.epoch() == module.epoch();
  }

  /** Closes a session if it is one still; what the token says to it does not matter. */
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
    } catch (PKCS11Exception gone) {
      // It was closed already, or the token is away: either way it is not ours any more.
    }
  }

  /**
   * The last means: initializes the module again, as a token that came back may want it. Not more
   * often than every half second, because it ends every session of the process. False where it was
   * too early.
   */
  boolean restart(long seen) throws PKCS11Exception {
    synchronized (this) {
      if (System.nanoTime() - lastRestart < RESTART_PAUSE.toNanos()) {
        return module.epoch() != seen;
      }
      lastRestart = System.nanoTime();
    }
    module.restart(seen);
    return module.epoch() != seen;
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
            return this;
          });
    } catch (PKCS11Exception gone) {
      // Nothing is left to close.
    }
  }

  /** Always within a visit to the module: the module's lock comes first, then this monitor. */
  private synchronized void release() {
    anchor.map(Anchor::session).ifPresent(this::close);
    anchor = Optional.empty();
  }

  private synchronized Anchor anchored(PKCS11 cryptoki) throws PKCS11Exception {
    if (anchor.isPresent() && holds(cryptoki, anchor.get())) {
      return anchor.get();
    }
    release();
    Tokens.Found token = finder.find(cryptoki);
    Session session = open(cryptoki, token);
    try {
      login.ensure(cryptoki, session.handle(), token);
    } catch (PKCS11Exception | RuntimeException refused) {
      close(session);
      throw refused;
    }
    Anchor cast = new Anchor(token, session);
    anchor = Optional.of(cast);
    return cast;
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
}
