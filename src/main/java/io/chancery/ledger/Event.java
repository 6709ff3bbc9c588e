package io.chancery.ledger;

import io.chancery.Caller;
import io.chancery.OrganizationId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One deed, as the roll keeps it.
 *
 * @param subject what it is about: a serial, an issuer's or organization's name; may be empty
 * @param facts texts only; long ones by their hash
 */
public record Event(
    Instant at,
    EventKind kind,
    String actor,
    OrganizationId organization,
    String subject,
    Map<String, String> facts) {
  /** The form of the body; a new form gets a new number and the old ones stay readable. */
  private static final String FORM = "chancery-event-1";

  public Event {
    at = at.truncatedTo(ChronoUnit.MICROS);
    facts = Map.copyOf(facts);
  }

  /** An event whose facts are given as name, value, name, value. */
  public static Event of(
      Instant at, EventKind kind, Caller actor, String subject, String... namesAndValues) {
    Map<String, String> facts = new TreeMap<>();
    List<String> pairs = List.of(namesAndValues);
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      facts.put(pairs.get(i), pairs.get(i + 1));
    }
    return new Event(at, kind, actor.name(), actor.organization(), subject, facts);
  }

  /** The body that is hashed and kept: JSON in the canonical form of RFC 8785, UTF-8. */
  public byte[] body() {
    Map<String, Object> members = new TreeMap<>();
    members.put("form", FORM);
    members.put("at", at.toString());
    members.put("kind", kind.name());
    members.put("actor", actor);
    members.put("organization", organization.value());
    members.put("subject", subject);
    members.put("facts", new TreeMap<>(facts));
    return CanonicalJson.of(members).getBytes(StandardCharsets.UTF_8);
  }
}
