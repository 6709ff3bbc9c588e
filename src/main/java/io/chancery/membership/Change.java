package io.chancery.membership;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chancery.CanonicalJson;
import io.chancery.Failure;
import io.chancery.access.Person;
import io.chancery.access.PersonText;
import io.chancery.warrant.ExactBytes;
import io.chancery.x509.Thumbprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A person as it shall be, and what it must still be until then: somebody who changed in between
 * was not the one that people approved a change of.
 *
 * @param before SHA-256 in hex of all of it as it was; empty for a new one
 */
record Change(Person person, String before) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORM = "chancery-person-1";

  static String digest(Optional<Person> before) {
    return before
        .map(PersonText::of)
        .map(CanonicalJson::of)
        .map(text -> Thumbprint.of(text.getBytes(StandardCharsets.UTF_8)).hex())
        .orElse("");
  }

  ExactBytes exact() {
    SortedMap<String, Object> members = new TreeMap<>();
    members.put("form", FORM);
    members.put("id", person.id());
    members.put("before", before);
    members.put("person", PersonText.of(person));
    return ExactBytes.of(CanonicalJson.of(members).getBytes(StandardCharsets.UTF_8));
  }

  static Change read(ExactBytes exact) {
    try {
      Map<String, Object> members =
          JSON.readValue(exact.octets(), new TypeReference<Map<String, Object>>() {});
      Map<String, String> facts =
          JSON.convertValue(members.get("person"), new TypeReference<Map<String, String>>() {});
      return new Change(
          PersonText.read(String.valueOf(members.get("id")), name -> facts.getOrDefault(name, "")),
          String.valueOf(members.get("before")));
    } catch (IOException | IllegalArgumentException none) {
      throw new Failure.Malformed("proposal", "person", "is no person as text", FORM).because(none);
    }
  }

  /** What people read before they approve. */
  String summary(Optional<Person> before) {
    StringBuilder text = new StringBuilder(before.isPresent() ? "Changes" : "Enters");
    text.append(" the person ").append(person.displayName()).append(" (").append(person.id());
    text.append("):\n");
    Map<String, String> old = before.map(PersonText::of).map(Map::copyOf).orElse(Map.of());
    PersonText.of(person)
        .forEach(
            (name, value) -> {
              String was = old.getOrDefault(name, "");
              if (!value.equals(was)) {
                text.append("  ").append(name).append(": ").append(value.replace("\n", ", "));
                text.append(was.isEmpty() ? "" : "   (was: " + was.replace("\n", ", ") + ")");
                text.append('\n');
              }
            });
    return text.substring(0, Math.min(text.length(), 3_900));
  }
}
