package io.chancery.x509.verify;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;

/** DER by hand, and what is nearly DER. */
final class Bent {
  private Bent() {}

  static byte[] integer(BigInteger number) {
    return element(2, number.toByteArray());
  }

  static byte[] sequence(byte[]... parts) {
    return element(0x30, parts);
  }

  static byte[] element(int tag, byte[]... parts) {
    byte[] content = join(parts);
    byte[] head =
        content.length < 128
            ? new byte[] {(byte) tag, (byte) content.length}
            : content.length < 256
                ? new byte[] {(byte) tag, (byte) 0x81, (byte) content.length}
                : new byte[] {
                  (byte) tag, (byte) 0x82, (byte) (content.length >> 8), (byte) content.length
                };
    return join(head, content);
  }

  /** The length in one octet more than it needs. */
  static byte[] longLength(byte[] element) {
    return (element[1] & 0xff) < 128
        ? join(new byte[] {element[0], (byte) 0x81}, Arrays.copyOfRange(element, 1, element.length))
        : join(
            new byte[] {element[0], (byte) 0x82, 0},
            Arrays.copyOfRange(element, 2, element.length));
  }

  static byte[] negative(byte[] number) {
    return new BigInteger(1, number).negate().toByteArray();
  }

  static byte[] changed(byte[] octets, int at, int by) {
    byte[] other = octets.clone();
    other[at] += (byte) by;
    return other;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
