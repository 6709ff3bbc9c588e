package io.chancery.hsm;

import iaik.pkcs.pkcs11.wrapper.PKCS11;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;
import io.chancery.Failure;
import io.chancery.PkiException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/**
 * Logs the user in, and never offers a PIN twice that was refused once: tokens count, and lock for
 * good. The refusal is remembered for the life of the process.
 */
final class Login {
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final Pkcs11Module module;
  private final HsmConfig config;
  private final AtomicBoolean offering = new AtomicBoolean();
  private final AtomicInteger attempts = new AtomicInteger();

  Login(Pkcs11Module module, HsmConfig config) {
    this.module = module;
    this.config = config;
  }

  /** Afterwards the token's sessions are the user's. The PIN is read for this call and wiped. */
  void ensure(PKCS11 cryptoki, long session, Tokens.Found token) throws PKCS11Exception {
    if (isUser(cryptoki, session)) {
      return;
    }
    mustBeWorthTrying(token);
    // One that hangs may yet be refused: a second one could be the last that the token counts.
    if (!offering.compareAndSet(false, true)) {
      throw new Failure.Unavailable(
              "HSM", "a login that was begun has not come back; no second one is tried", RETRY)
          .thrown();
    }
    try {
      offer(cryptoki, session, token);
    } finally {
      offering.set(false);
    }
  }

  private void offer(PKCS11 cryptoki, long session, Tokens.Found token) throws PKCS11Exception {
    attempts.incrementAndGet();
    try (Secret pin = Secret.read(config.pinFile())) {
      cryptoki.C_Login(session, PKCS11Constants.CKU_USER, pin.characters(), true);
    } catch (PKCS11Exception problem) {
      if (Ckr.is(problem, PKCS11Constants.CKR_USER_ALREADY_LOGGED_IN)) {
        return;
      }
      if (Fault.of(problem) == Fault.PIN) {
        module.refusedPins().add(token.serial());
        throw refused("the token refused this PIN with " + Ckr.name(problem));
      }
      throw problem;
    }
  }

  /** How often a PIN was offered. */
  int attempts() {
    return attempts.get();
  }

  static boolean isUser(PKCS11 cryptoki, long session) throws PKCS11Exception {
    long state = cryptoki.C_GetSessionInfo(session).state;
    return state == PKCS11Constants.CKS_RW_USER_FUNCTIONS
        || state == PKCS11Constants.CKS_RO_USER_FUNCTIONS;
  }

  private void mustBeWorthTrying(Tokens.Found token) {
    if (module.refusedPins().contains(token.serial())) {
      throw refused("the token refused the PIN before");
    }
    // PKCS#11 s3.2 CK_TOKEN_INFO: what is left before the token locks is for a person to use.
    if (token.flagged(PKCS11Constants.CKF_USER_PIN_LOCKED)) {
      throw untried("the token has locked its user PIN", "unlock it as its security officer");
    }
    if (token.flagged(PKCS11Constants.CKF_USER_PIN_FINAL_TRY)) {
      throw untried("one more wrong PIN locks the token", logInOnce());
    }
    if (token.flagged(PKCS11Constants.CKF_USER_PIN_COUNT_LOW)
        && !config.has(Quirk.LOW_PIN_COUNT_IS_HARMLESS)) {
      throw untried("a wrong PIN was tried on the token, few tries are left", logInOnce());
    }
  }

  private static String logInOnce() {
    return "log in once with the right PIN by the vendor's tool, then start again";
  }

  private PkiException refused(String reason) {
    return new Failure.Misconfigured(
            config.pinFile().toString(),
            reason + "; it is not tried again before a restart",
            "put the right PIN into the file, then restart")
        .thrown();
  }

  private PkiException untried(String reason, String remedy) {
    return new Failure.Misconfigured(
            config.pinFile().toString(), reason + ": this PIN was not tried", remedy)
        .thrown();
  }
}
