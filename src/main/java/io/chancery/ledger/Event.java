package io.chancery.ledger;

import io.chancery.Caller;
import io.chancery.CanonicalJson;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One deed, as the roll keeps it.
 *
 * @param subject what it is about: a serial, an issuer's or organization's name; may be empty
 * @param facts texts only: what a replay needs to do the deed again, octets in base64; all else by
 *     its SHA-256
 */
public record Event(
    Instant at,
    EventKind kind,
    String actor,
    OrganizationId organization,
    String subject,
    Map<String, String> facts) {
  /** The form of the body; a new form gets a new number and the old ones stay readable. */
  private static final String FORM = "chancery-event-2";

  /** C2SP tlog-tiles s2.2: an entry's length stands in 16 bits. */
  private static final int LONGEST = 65535;

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
    byte[] body = CanonicalJson.of(members).getBytes(StandardCharsets.UTF_8);
    if (body.length > LONGEST) {
      throw new Failure.TooLarge("what the ledger would have to hold", LONGEST, "octets").thrown();
    }
    return body;
  }

  /** The event of a body; {@code Malformed} where these octets are none. */
  public static Event parse(byte[] body) {
    return EventText.read(body);
  }

  /** A fact, or {@code Malformed} where the event has none of this name. */
  public String fact(String name) {
    String value = facts.get(name);
    if (value == null) {
      throw new Failure.Malformed(
              "ledger entry",
              kind.name(),
              "lacks the fact " + name + "; an older version wrote it",
              FORM)
          .thrown();
    }
    return value;
  }

  /** Octets as facts hold them. */
  public static String octets(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }

  /** The octets of a fact that {@link #octets} made. */
  public byte[] octetsOf(String name) {
    try {
      return Base64.getDecoder().decode(fact(name));
    } catch (IllegalArgumentException notBase64) {
      throw new Failure.Malformed("ledger entry", name, "is no base64", "RFC 4648 s4")
          .because(notBase64);
    }
  }
}
