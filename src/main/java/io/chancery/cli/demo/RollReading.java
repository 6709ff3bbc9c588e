package io.chancery.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What the roll, the append-only ledger, has about one certificate. */
final class RollReading {
  private static final List<String> EXPECTED =
      List.of("CERTIFICATE_RESERVED", "CERTIFICATE_ISSUED", "CERTIFICATE_REVOKED");

  private final Stage stage;

  RollReading(Stage stage) {
    this.stage = stage;
  }

  void play(Holder partner) {
    Reply roll = stage.api().get(As.ADMIN, "/v1/ledger/entries?subject=" + partner.serial());
    roll.mustBe(200);
    List<JsonNode> entries = roll.items("items").toList();
    for (JsonNode entry : entries) {
      stage
          .transcript()
          .answer(
              "%-20s %s %s"
                  .formatted(
                      entry.path("kind").asText(),
                      entry.path("at").asText().replaceFirst("[.][0-9]+Z", "Z"),
                      entry.path("actor").asText()));
    }
    List<String> kinds = entries.stream().map(entry -> entry.path("kind").asText()).toList();
    if (!kinds.equals(EXPECTED)) {
      throw Trouble.of("the roll tells " + kinds + " and not " + EXPECTED, "look at the roll");
    }
    stage.transcript().ok("reserved, issued, revoked, in this order");
  }
}
