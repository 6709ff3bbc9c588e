package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.chancery.Failure;
import io.chancery.testing.Csrs;
import io.chancery.testing.Refusals;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;

/** Input made to exhaust the stack, the heap or the clock is refused at once. */
class CsrBombTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  @Test
  void aHundredThousandNestedSequencesAreRefused() {
    byte[] bomb = nested(100_000);

    assertThat(bomb.length).isGreaterThan(Csr.LARGEST);
    assertTimeoutPreemptively(
        AT_ONCE,
        () -> {
          assertThat(Refusals.of(() -> Csr.parse(bomb))).isInstanceOf(Failure.TooLarge.class);
          // The walker itself does not mind either, were the size not asked first.
          assertThat(Refusals.malformed(() -> DerStructure.check(Place.REQUEST, bomb)).clause())
              .isEqualTo("Chancery nesting limit");
        });
  }

  @Test
  void asMuchNestingAsTheSizeAllowsIsRefused() {
    byte[] bomb = nested(16_000);

    assertThat(bomb.length).isLessThan(Csr.LARGEST);
    assertTimeoutPreemptively(
        AT_ONCE,
        () ->
            assertThat(Refusals.malformed(() -> Csr.parse(bomb)).reason())
                .isEqualTo("is nested deeper than 16"));
  }

  @Test
  void openingWithoutEndIsRefused() {
    byte[] bomb = new byte[Csr.LARGEST];
    Arrays.fill(bomb, (byte) 0x30);

    assertThat(Refusals.malformed(() -> Csr.parse(bomb)).what()).isEqualTo("certification request");
  }

  @Test
  void nestingInsideTheNamesIsRefused() {
    Csrs.Made made =
        Csrs.ec("CN=a")
            .rawExtension(new Extension(Extension.subjectAlternativeName, false, nested(5_000)))
            .build();

    assertThat(Refusals.malformed(made::csr).where()).contains("2.5.29.17");
  }

  @Test
  void aNestingWithinTheLimitIsLeftToTheReader() {
    DerStructure.check(Place.REQUEST, nested(16));
    assertThat(Refusals.malformed(() -> DerStructure.check(Place.REQUEST, nested(17))).reason())
        .isEqualTo("is nested deeper than 16");
  }

  /** So many sequences, one in another, each with its proper length. */
  static byte[] nested(int depth) {
    // Written from the inside out, backwards.
    ByteArrayOutputStream backwards = new ByteArrayOutputStream();
    for (int i = 0; i < depth; i++) {
      int length = backwards.size();
      int octets = 0;
      for (int rest = length; rest > 0; rest >>= 8) {
        backwards.write(rest);
        octets++;
      }
      if (length < 0x80) {
        if (octets == 0) {
          backwards.write(0);
        }
      } else {
        backwards.write(0x80 | octets);
      }
      backwards.write(0x30);
    }
    byte[] reversed = backwards.toByteArray();
    byte[] forwards = new byte[reversed.length];
    for (int i = 0; i < forwards.length; i++) {
      forwards[i] = reversed[reversed.length - 1 - i];
    }
    return forwards;
  }
}
