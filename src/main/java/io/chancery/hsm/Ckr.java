package io.chancery.hsm;

import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;
import java.util.Set;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/** What a return value of PKCS#11 means for us. */
final class Ckr {
  /** The same call again gives the same answer: the request is at fault, or the key, or us. */
  private static final Set<Long> FINAL =
      Set.of(
          PKCS11Constants.CKR_ARGUMENTS_BAD,
          PKCS11Constants.CKR_DATA_INVALID,
          PKCS11Constants.CKR_DATA_LEN_RANGE,
          PKCS11Constants.CKR_KEY_SIZE_RANGE,
          PKCS11Constants.CKR_KEY_TYPE_INCONSISTENT,
          PKCS11Constants.CKR_KEY_FUNCTION_NOT_PERMITTED,
          PKCS11Constants.CKR_MECHANISM_INVALID,
          PKCS11Constants.CKR_MECHANISM_PARAM_INVALID,
          PKCS11Constants.CKR_FUNCTION_NOT_SUPPORTED);

  /** The token will not take this PIN, now or later. */
  private static final Set<Long> PIN_REFUSED =
      Set.of(
          PKCS11Constants.CKR_PIN_INCORRECT,
          PKCS11Constants.CKR_PIN_INVALID,
          PKCS11Constants.CKR_PIN_LEN_RANGE,
          PKCS11Constants.CKR_PIN_EXPIRED,
          PKCS11Constants.CKR_PIN_LOCKED,
          PKCS11Constants.CKR_USER_PIN_NOT_INITIALIZED);

  private Ckr() {}

  /** {@code CKR_DEVICE_ERROR (0x30)}. */
  static String name(PKCS11Exception problem) {
    long code = problem.getErrorCode();
    return PKCS11Constants.ckrCodeToName(code) + " (0x" + Long.toHexString(code) + ")";
  }

  static boolean is(PKCS11Exception problem, long code) {
    return problem.getErrorCode() == code;
  }

  /** Whether another session, login or initialization may help. */
  static boolean mayPass(PKCS11Exception problem) {
    return !FINAL.contains(problem.getErrorCode());
  }

  static boolean refusesPin(PKCS11Exception problem) {
    return PIN_REFUSED.contains(problem.getErrorCode());
  }
}
