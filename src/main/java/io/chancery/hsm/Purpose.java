package io.chancery.hsm;

import io.chancery.hsm.crew.Share;

/** What a signature is made for. */
public enum Purpose {
  CERTIFICATE,
  CRL,
  OCSP,
  CHECKPOINT,
  /** A compact filter of revoked certificates. */
  FILTER,
  /** A certification request for a key of the token. */
  REQUEST,
  /** A trial, whether key and certificate belong together. */
  PROOF,
  /** A word about when a change of status became visible. */
  RECEIPT,
  /** Nobody said. */
  OTHER;

  /** Whose work it is. */
  Share share() {
    return switch (this) {
      case CERTIFICATE, REQUEST, PROOF, OTHER -> Share.ISSUANCE;
      case CRL, CHECKPOINT, FILTER, RECEIPT -> Share.RECORDS;
      case OCSP -> Share.STATUS;
    };
  }
}
