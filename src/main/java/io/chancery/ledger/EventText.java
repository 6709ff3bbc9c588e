package io.chancery.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.PkiException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Reads a body back. Streams: the auditor reads millions of them. */
final class EventText {
  private static final Set<String> FORMS = Set.of("chancery-event-1", "chancery-event-2");
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private EventText() {}

  static Event read(byte[] body) {
    try (JsonParser parser = JSON.createParser(body)) {
      Map<String, String> facts = new HashMap<>();
      Map<String, String> members = members(parser, facts);
      if (!FORMS.contains(member(members, "form"))) {
        throw new IOException("its form is not known");
      }
      return new Event(
          Instant.parse(member(members, "at")),
          EventKind.valueOf(member(members, "kind")),
          member(members, "actor"),
          new OrganizationId(member(members, "organization")),
          member(members, "subject"),
          facts);
    } catch (IOException | IllegalArgumentException | DateTimeException | PkiException unread) {
      throw new Failure.Malformed("ledger entry", "", "is no event: " + unread.getMessage(), "")
          .because(unread);
    }
  }

  private static Map<String, String> members(JsonParser parser, Map<String, String> facts)
      throws IOException {
    Map<String, String> members = new HashMap<>();
    expect(parser.nextToken(), JsonToken.START_OBJECT);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (parser.nextToken() == JsonToken.START_OBJECT && name.equals("facts")) {
        texts(parser, facts);
      } else {
        expect(parser.currentToken(), JsonToken.VALUE_STRING);
        members.put(name, parser.getText());
      }
    }
    if (parser.nextToken() != null) {
      throw new IOException("more stands behind it");
    }
    return members;
  }

  private static void texts(JsonParser parser, Map<String, String> facts) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      expect(parser.nextToken(), JsonToken.VALUE_STRING);
      facts.put(name, parser.getText());
    }
  }

  private static String member(Map<String, String> members, String name) throws IOException {
    String value = members.get(name);
    if (value == null) {
      throw new IOException("it lacks " + name);
    }
    return value;
  }

  private static void expect(JsonToken found, JsonToken expected) throws IOException {
    if (found != expected) {
      throw new IOException("a " + expected + " is missing");
    }
  }
}
