package io.chancery.x509;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Quoted;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Why a certificate was revoked: RFC 5280 s5.3.1, CRLReason. */
public enum RevocationReason {
  UNSPECIFIED(0, "unspecified"),
  KEY_COMPROMISE(1, "keyCompromise"),
  CA_COMPROMISE(2, "cACompromise"),
  AFFILIATION_CHANGED(3, "affiliationChanged"),
  SUPERSEDED(4, "superseded"),
  CESSATION_OF_OPERATION(5, "cessationOfOperation"),
  CERTIFICATE_HOLD(6, "certificateHold"),
  REMOVE_FROM_CRL(8, "removeFromCRL"),
  PRIVILEGE_WITHDRAWN(9, "privilegeWithdrawn"),
  AA_COMPROMISE(10, "aACompromise");

  private final int code;
  private final String text;

  RevocationReason(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /** The CRLReason's number. */
  public int code() {
    return code;
  }

  /** The CRLReason's name as RFC 5280 spells it. */
  public String text() {
    return text;
  }

  public static RevocationReason ofCode(int code) {
    return Arrays.stream(values())
        .filter(reason -> reason.code == code)
        .findFirst()
        .orElseThrow(() -> unknown(String.valueOf(code)));
  }

  /** Reads RFC 5280's name, in any case. */
  public static RevocationReason parse(String text) {
    return Arrays.stream(values())
        .filter(reason -> reason.text.equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() -> unknown(text));
  }

  private static PkiException unknown(String text) {
    String known =
        Arrays.stream(values()).map(RevocationReason::text).collect(Collectors.joining(", "));
    return new Failure.Malformed(
            "revocation reason", "", Quoted.of(text) + " is none of " + known, "RFC 5280 s5.3.1")
        .thrown();
  }
}
