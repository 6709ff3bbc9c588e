package io.chancery.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.PkiException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was written can be read again, and nothing else passes for an event. */
class EventReadBackTest {
  private static final Event EVENT =
      Event.of(
          Instant.parse("2026-01-02T03:04:05.1Z"),
          EventKind.CERTIFICATE_REVOKED,
          new Caller.Authority("test"),
          "00ff",
          "reason",
          "keyCompromise",
          "octets",
          Event.octets(new byte[] {0, -1}),
          "odd",
          "a\"b\\c\n\u0001\u20ac");

  @Test
  void theSameEvent() {
    Event read = Event.parse(EVENT.body());
    assertThat(read).isEqualTo(EVENT);
    assertThat(read.body()).isEqualTo(EVENT.body());
    assertThat(read.octetsOf("octets")).containsExactly(0, -1);
  }

  @Test
  void everyCutIsRefused() {
    byte[] body = EVENT.body();
    for (int length = 0; length < body.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(body, length);
      malformed(cut);
    }
  }

  @Test
  void flipsAreRefusedOrAnotherEvent() {
    byte[] body = EVENT.body();
    for (int at = 0; at < body.length; at++) {
      byte[] flipped = body.clone();
      flipped[at] ^= 0x01;
      try {
        assertThat(Event.parse(flipped)).isNotEqualTo(EVENT);
      } catch (PkiException refused) {
        assertThat(refused.failure()).isInstanceOf(Failure.Malformed.class);
      }
    }
  }

  @Test
  void otherJsonIsRefused() {
    for (String text :
        new String[] {
          "[]", "{}", "null", "{\"facts\":[]}", "{\"facts\":{\"a\":1}}", "{\"at\":null}"
        }) {
      malformed(text.getBytes(StandardCharsets.UTF_8));
    }
    String whole = new String(EVENT.body(), StandardCharsets.UTF_8);
    malformed((whole + " {}").getBytes(StandardCharsets.UTF_8));
    malformed(whole.replace("event-2", "event-9").getBytes(StandardCharsets.UTF_8));
    malformed(whole.replace("CERTIFICATE_REVOKED", "X").getBytes(StandardCharsets.UTF_8));
    malformed(
        whole.replace("{\"actor", "{\"actor\":\"x\",\"actor").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aMissingFactIsNamed() {
    assertThatThrownBy(() -> EVENT.fact("since"))
        .isInstanceOfSatisfying(
            PkiException.class,
            thrown -> assertThat(thrown.failure().detail()).contains("lacks the fact since"));
  }

  @Test
  void whatNoTileCouldHoldIsRefused() {
    Event large =
        new Event(
            EVENT.at(),
            EVENT.kind(),
            "x",
            EVENT.organization(),
            "",
            Map.of("a", "x".repeat(65535)));
    assertThatThrownBy(large::body)
        .isInstanceOfSatisfying(
            PkiException.class,
            thrown -> assertThat(thrown.failure()).isInstanceOf(Failure.TooLarge.class));
  }

  private static void malformed(byte[] body) {
    assertThatThrownBy(() -> Event.parse(body))
        .as(new String(body, StandardCharsets.UTF_8))
        .isInstanceOfSatisfying(
            PkiException.class,
            thrown -> assertThat(thrown.failure()).isInstanceOf(Failure.Malformed.class));
  }
}
