package io.chancery.ocsp;

import io.chancery.issuance.CertIdStem;
import java.util.List;
import java.util.Optional;

/**
 * Reads the request that nearly everybody sends: one certificate, no extension, no signature. By
 * hand, since objects for each part cost more than the answer. What it cannot read is for {@link
 * OcspRequest}; what it can, that one reads alike.
 */
final class ShortRequest {
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;
  private static final int WRAPPERS = 5;
  private static final int LONGEST_SERIAL = 20;

  private ShortRequest() {}

  /** Who issued the certificate, and the content octets of its serial. */
  record Asked(CertIdStem stem, byte[] serial) {}

  static Optional<Asked> read(byte[] der, List<CertIdStem> stems) {
    int at = 0;
    // OCSPRequest, TBSRequest, requestList, Request, CertID: each the only one in the one before.
    for (int i = 0; i < WRAPPERS; i++) {
      at = inside(der, at);
      if (at < 0) {
        return Optional.empty();
      }
    }
    for (CertIdStem stem : stems) {
      int length = stem.lengthAt(der, at, der.length);
      if (length > 0) {
        return serial(der, at + length).map(serial -> new Asked(stem, serial));
      }
    }
    return Optional.empty();
  }

  /** Where the content of a SEQUENCE begins that goes to the end; -1 where there is none. */
  private static int inside(byte[] der, int at) {
    if (at + 2 > der.length || der[at] != SEQUENCE) {
      return -1;
    }
    int length = der[at + 1] & 0xff;
    int content = at + 2;
    if (length == 0x81) {
      // X.690 s10.1: the length in its shortest form.
      if (content >= der.length || (der[content] & 0xff) < 0x80) {
        return -1;
      }
      length = der[content] & 0xff;
      content++;
    } else if (length > 0x80) {
      return -1;
    }
    return content + length == der.length ? content : -1;
  }

  /** A positive INTEGER at the end, in its shortest form, of at most 20 octets. */
  private static Optional<byte[]> serial(byte[] der, int at) {
    int content = at + 2;
    int length = der.length - content;
    if (length < 1
        || length > LONGEST_SERIAL
        || der[at] != INTEGER
        || der[at + 1] != length
        || der[content] < 0
        || (der[content] == 0 && (length == 1 || der[content + 1] >= 0))) {
      return Optional.empty();
    }
    byte[] serial = new byte[length];
    System.arraycopy(der, content, serial, 0, length);
    return Optional.of(serial);
  }
}
