package io.chancery.issuance.der;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A growing buffer that DER is written into by hand, where objects would be too many. */
public final class DerBuffer {
  public static final int SEQUENCE = 0x30;
  public static final int INTEGER = 0x02;
  public static final int OCTET_STRING = 0x04;

  private byte[] octets;
  private int length;

  public DerBuffer(int expected) {
    octets = new byte[Math.max(expected, 16)];
  }

  public DerBuffer octet(int value) {
    room(1);
    octets[length++] = (byte) value;
    return this;
  }

  public DerBuffer octets(byte[] more) {
    return octets(more, more.length);
  }

  /** All that stands in another buffer. */
  public DerBuffer octets(DerBuffer other) {
    return octets(other.octets, other.length);
  }

  /** Tag and length; X.690 s10.1: the length in its shortest form. */
  public DerBuffer header(int tag, int contentLength) {
    octet(tag);
    if (contentLength < 0x80) {
      return octet(contentLength);
    }
    int count = (39 - Integer.numberOfLeadingZeros(contentLength)) / 8;
    octet(0x80 | count);
    for (int i = count - 1; i >= 0; i--) {
      octet(contentLength >>> (8 * i));
    }
    return this;
  }

  /** How many octets {@link #header} writes. */
  public static int headerLength(int contentLength) {
    return contentLength < 0x80 ? 2 : 2 + (39 - Integer.numberOfLeadingZeros(contentLength)) / 8;
  }

  /** GeneralizedTime in Zulu, to the second. */
  public DerBuffer generalized(long epochSecond) {
    header(DerTime.GENERALIZED_TAG, DerTime.GENERALIZED_LENGTH);
    DerTime.writeGeneralized(this, epochSecond);
    return this;
  }

  public int length() {
    return length;
  }

  /** What stands in it, until it is written to again. */
  public ByteBuffer view() {
    return ByteBuffer.wrap(octets, 0, length).asReadOnlyBuffer();
  }

  public void clear() {
    length = 0;
  }

  public byte[] toArray() {
    return octets.length == length ? octets : Arrays.copyOf(octets, length);
  }

  /** The first of them. */
  public DerBuffer octets(byte[] more, int count) {
    room(count);
    System.arraycopy(more, 0, octets, length, count);
    length += count;
    return this;
  }

  /** A number with leading zeros, in decimal digits. */
  public DerBuffer digits(int number, int count) {
    room(count);
    int rest = number;
    for (int at = length + count - 1; at >= length; at--) {
      octets[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += count;
    return this;
  }

  private void room(int more) {
    int needed = Math.addExact(length, more);
    if (needed > octets.length) {
      octets =
          Arrays.copyOf(
              octets, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, octets.length * 2L)));
    }
  }
}
