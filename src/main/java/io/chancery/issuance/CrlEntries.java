package io.chancery.issuance;

import io.chancery.Failure;
import io.chancery.x509.RevocationReason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Writes revoked entries as DER, one after the other, into one buffer: a million of them are 40 MB
 * of octets and would be a gigabyte of objects. Every part is shorter than 128 octets, so that each
 * length is one octet.
 */
final class CrlEntries {
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;

  /** Extension { reasonCode 2.5.29.21, OCTET STRING { ENUMERATED, 1 octet } } up to the value. */
  private static final byte[] REASON = HexFormat.of().parseHex("300a0603551d1504030a01");

  /** Extension { invalidityDate 2.5.29.24, OCTET STRING { GeneralizedTime } } up to the value. */
  private static final byte[] INVALIDITY = HexFormat.of().parseHex("30180603551d180411180f");

  private static final int REASON_LENGTH = REASON.length + 1;
  private static final int INVALIDITY_LENGTH = INVALIDITY.length + 15;

  private final DerBuffer out = new DerBuffer(1 << 12);
  private long count;

  /** The octets of revokedCertificates' contents. */
  DerBuffer octets() {
    return out;
  }

  /** How many were written. */
  long count() {
    return count;
  }

  void add(CrlEntry entry) {
    // RFC 5280 s5.3.1: removeFromCRL may only appear in delta CRLs.
    if (entry.reason() == RevocationReason.REMOVE_FROM_CRL) {
      throw new Failure.Malformed(
              "CRL entry", entry.serial().hex(), "removeFromCRL in a full CRL", "RFC 5280 s5.3.1")
          .thrown();
    }
    byte[] serial = entry.serial().value().toByteArray();
    byte[] time = time(entry.revokedAt());
    int extensions = extensionsLength(entry);
    int length = 2 + serial.length + time.length + (extensions == 0 ? 0 : 2 + extensions);
    out.octet(SEQUENCE).octet(length);
    out.octet(INTEGER).octet(serial.length).octets(serial).octets(time);
    // RFC 5280 s5.1: SEQUENCE SIZE (1..MAX), so an empty one is left out.
    if (extensions > 0) {
      out.octet(SEQUENCE).octet(extensions);
      writeExtensions(entry);
    }
    count++;
  }

  private static int extensionsLength(CrlEntry entry) {
    return (saysReason(entry) ? REASON_LENGTH : 0)
        + (entry.invalidityDate().isPresent() ? INVALIDITY_LENGTH : 0);
  }

  private void writeExtensions(CrlEntry entry) {
    if (saysReason(entry)) {
      out.octets(REASON).octet(entry.reason().code());
    }
    // RFC 5280 s5.3.2: always GeneralizedTime, to the second.
    entry
        .invalidityDate()
        .ifPresent(date -> out.octets(INVALIDITY).octets(ascii(DerTime.generalizedText(date))));
  }

  /** RFC 5280 s5.3.1: reason unspecified SHOULD be absent instead of using the value 0. */
  private static boolean saysReason(CrlEntry entry) {
    return entry.reason() != RevocationReason.UNSPECIFIED;
  }

  /** RFC 5280 s5.1.2.6: the date is expressed as s5.1.2.4 says. */
  static byte[] time(Instant at) {
    boolean utc = DerTime.isUtc(at);
    byte[] text = ascii(utc ? DerTime.utcText(at) : DerTime.generalizedText(at));
    return new DerBuffer(17)
        .header(utc ? DerTime.UTC_TAG : DerTime.GENERALIZED_TAG, text.length)
        .octets(text)
        .toArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
