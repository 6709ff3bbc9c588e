package io.chancery.hsm;

import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;
import java.util.Set;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/** What an error of the token says about the state of things, and with it what may help. */
enum Fault {
  /** The same call again gives the same answer: the request is at fault, or the key, or us. */
  REQUEST(
      PKCS11Constants.CKR_ARGUMENTS_BAD,
      PKCS11Constants.CKR_DATA_INVALID,
      PKCS11Constants.CKR_DATA_LEN_RANGE,
      PKCS11Constants.CKR_KEY_SIZE_RANGE,
      PKCS11Constants.CKR_KEY_TYPE_INCONSISTENT,
      PKCS11Constants.CKR_KEY_FUNCTION_NOT_PERMITTED,
      PKCS11Constants.CKR_MECHANISM_INVALID,
      PKCS11Constants.CKR_MECHANISM_PARAM_INVALID,
      PKCS11Constants.CKR_FUNCTION_NOT_SUPPORTED),

  /** The key has another handle than before: it is looked for again in the same session. */
  HANDLE(PKCS11Constants.CKR_OBJECT_HANDLE_INVALID, PKCS11Constants.CKR_KEY_HANDLE_INVALID),

  /** The session is spoilt, or gone with the login: another is opened, logged in where it must. */
  SESSION(
      PKCS11Constants.CKR_OPERATION_ACTIVE,
      PKCS11Constants.CKR_OPERATION_NOT_INITIALIZED,
      PKCS11Constants.CKR_SESSION_CLOSED,
      PKCS11Constants.CKR_SESSION_HANDLE_INVALID,
      PKCS11Constants.CKR_USER_NOT_LOGGED_IN),

  /** The token or the whole device is away: it is looked for again. */
  TOKEN(
      PKCS11Constants.CKR_DEVICE_REMOVED,
      PKCS11Constants.CKR_TOKEN_NOT_PRESENT,
      PKCS11Constants.CKR_TOKEN_NOT_RECOGNIZED,
      PKCS11Constants.CKR_SLOT_ID_INVALID),

  /** The library itself must be initialized again. */
  MODULE(PKCS11Constants.CKR_CRYPTOKI_NOT_INITIALIZED),

  /** The token will not take this PIN, now or later. */
  PIN(
      PKCS11Constants.CKR_PIN_INCORRECT,
      PKCS11Constants.CKR_PIN_INVALID,
      PKCS11Constants.CKR_PIN_LEN_RANGE,
      PKCS11Constants.CKR_PIN_EXPIRED,
      PKCS11Constants.CKR_PIN_LOCKED,
      PKCS11Constants.CKR_USER_PIN_NOT_INITIALIZED),

  /** Everything else ended one operation; the session is not trusted with another. */
  OPERATION;

  private final Set<Long> codes;

  Fault(Long... codes) {
    this.codes = Set.of(codes);
  }

  static Fault of(PKCS11Exception problem) {
    for (Fault fault : values()) {
      if (fault.codes.contains(problem.getErrorCode())) {
        return fault;
      }
    }
    return OPERATION;
  }
}
