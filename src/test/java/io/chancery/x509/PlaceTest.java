package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.chancery.Failure;
import io.chancery.testing.Refusals;
import java.io.IOException;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.junit.jupiter.api.Test;

/** Whatever a decoder throws is a refusal at its place, and its message stays behind. */
class PlaceTest {
  private static final Place PLACE = Place.REQUEST.at("subject");

  @Test
  void placesNest() {
    assertThat(PLACE.at("octet 5").where()).isEqualTo("subject, octet 5");
    assertThat(PLACE.what()).isEqualTo("certification request");
  }

  @Test
  void whatADecoderThrowsBecomesARefusal() {
    Failure expected =
        new Failure.Malformed("certification request", "subject", "cannot be read", "RFC 1");

    assertThat(Refusals.of(() -> PLACE.read("RFC 1", () -> fails(new IOException("a\nb")))))
        .isEqualTo(expected);
    assertThat(Refusals.of(() -> PLACE.read("RFC 1", () -> Integer.parseInt("a\nb"))))
        .isEqualTo(expected);
    assertThat(Refusals.of(() -> PLACE.read("RFC 1", () -> List.of().get(0)))).isEqualTo(expected);
  }

  @Test
  void aRefusalPassesThrough() {
    Failure inner = new Failure.TooLarge("subject", 16, "attributes");

    assertThat(
            Refusals.of(
                () ->
                    PLACE.read(
                        "RFC 1",
                        () -> {
                          throw inner.thrown();
                        })))
        .isEqualTo(inner);
  }

  @Test
  void theInputInAMessageDoesNotReachTheLog() {
    Throwable thrown =
        catchThrowable(() -> PLACE.read("RFC 1", () -> new ASN1ObjectIdentifier("evil\r\nline")));

    for (Throwable each = thrown; each != null; each = each.getCause()) {
      assertThat(String.valueOf(each.getMessage())).doesNotContain("evil");
    }
    assertThat(thrown.getCause().getStackTrace()).isNotEmpty();
  }

  private static String fails(IOException e) throws IOException {
    throw e;
  }
}
