package io.chancery.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The same event always has the same octets, in the canonical form of RFC 8785. */
class EventTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.123456789Z");

  @Test
  void theBodyIsCanonical() {
    Event event =
        Event.of(
            AT,
            EventKind.TOKEN_CREATED,
            new Caller.Authority("test"),
            "home",
            "uses",
            "1",
            "label",
            "a\"b\\c\n\u0001\u00e9\u20ac");

    assertThat(new String(event.body(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"actor\":\"authority:test\",\"at\":\"2026-01-02T03:04:05.123456Z\","
                + "\"facts\":{\"label\":\"a\\\"b\\\\c\\n\\u0001\u00e9\u20ac\",\"uses\":\"1\"},"
                + "\"form\":\"chancery-event-2\",\"kind\":\"TOKEN_CREATED\","
                + "\"organization\":\"chancery\",\"subject\":\"home\"}");
  }

  @Test
  void theOrderOfFactsDoesNotMatter() {
    Caller self = new Caller.Authority("test");
    byte[] one = Event.of(AT, EventKind.CRL_SIGNED, self, "x", "a", "1", "b", "2").body();
    byte[] two = Event.of(AT, EventKind.CRL_SIGNED, self, "x", "b", "2", "a", "1").body();

    assertThat(one).isEqualTo(two);
  }
}
