package io.chancery.hsm;

import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/** Return values of PKCS#11, by name; {@link Fault} tells what they mean for us. */
final class Ckr {
  private Ckr() {}

  /** {@code CKR_DEVICE_ERROR (0x30)}. */
  static String name(PKCS11Exception problem) {
    long code = problem.getErrorCode();
    return PKCS11Constants.ckrCodeToName(code) + " (0x" + Long.toHexString(code) + ")";
  }

  static boolean is(PKCS11Exception problem, long code) {
    return problem.getErrorCode() == code;
  }
}
