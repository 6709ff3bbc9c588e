package io.chancery.canary;

import io.chancery.x509.SerialNumber;
import java.io.IOException;
import java.io.InputStream;

/**
 * Looks for a serial number in the DER of a CRL while it streams by. A serial has 159 random bits:
 * its octets stand nowhere by accident.
 */
final class SerialSearch {
  private static final byte INTEGER = 0x02;
  private final byte[] wanted;

  SerialSearch(SerialNumber serial) {
    byte[] octets = serial.value().toByteArray();
    wanted = new byte[octets.length + 2];
    // X.690 s8.3: tag, length, two's complement.
    wanted[0] = INTEGER;
    wanted[1] = (byte) octets.length;
    System.arraycopy(octets, 0, wanted, 2, octets.length);
  }

  boolean isIn(InputStream stream) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    int kept = 0;
    for (int read = stream.read(buffer); read >= 0; ) {
      int length = kept + read;
      for (int i = 0; i + wanted.length <= length; i++) {
        if (standsAt(buffer, i)) {
          return true;
        }
      }
      kept = Math.min(length, wanted.length - 1);
      System.arraycopy(buffer, length - kept, buffer, 0, kept);
      read = stream.read(buffer, kept, buffer.length - kept);
    }
    return false;
  }

  private boolean standsAt(byte[] buffer, int at) {
    for (int i = 0; i < wanted.length; i++) {
      if (buffer[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
