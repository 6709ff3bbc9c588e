package io.chancery.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.x509.SerialNumber;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** A serial is found wherever the stream is cut into pieces. */
class SerialSearchTest {
  private final SerialNumber serial = SerialNumber.random(new SecureRandom());

  @Test
  void atEveryPlaceAndInPiecesOfEverySize() throws IOException {
    byte[] octets = serial.value().toByteArray();
    for (int piece : new int[] {1, 2, 3, 7, 21, 22, 23, 64 * 1024}) {
      for (int place : new int[] {0, 1, 40, 65_520, 65_535, 65_536, 131_060}) {
        byte[] crl = new byte[place + octets.length + 2 + 5];
        crl[place] = 2;
        crl[place + 1] = (byte) octets.length;
        System.arraycopy(octets, 0, crl, place + 2, octets.length);
        assertThat(new SerialSearch(serial).isIn(inPieces(crl, piece)))
            .as("%d, pieces of %d", place, piece)
            .isTrue();
        crl[place + 5] ^= 1;
        assertThat(new SerialSearch(serial).isIn(inPieces(crl, piece))).isFalse();
      }
    }
  }

  private static InputStream inPieces(byte[] octets, int piece) {
    return new ByteArrayInputStream(octets) {
      @Override
      public synchronized int read(byte[] into, int offset, int length) {
        return super.read(into, offset, Math.min(length, piece));
      }
    };
  }
}
