package io.chancery.access;

import io.chancery.OrganizationId;
import io.chancery.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** All of a person but its id, as texts: what the roll keeps, and what other people approve. */
public final class PersonText {
  private PersonText() {}

  public static SortedMap<String, String> of(Person person) {
    SortedMap<String, String> facts = new TreeMap<>();
    facts.put("organization", person.organization().value());
    facts.put("displayName", person.displayName());
    facts.put("contact", person.contact());
    facts.put("human", String.valueOf(person.human()));
    facts.put(
        "roles", person.roles().stream().map(Role::name).sorted().collect(Collectors.joining(" ")));
    facts.put("actsForAll", String.valueOf(person.actsForAll()));
    facts.put("profiles", String.join(" ", person.profiles()));
    facts.put("names", String.join(" ", person.names()));
    facts.put(
        "identities",
        person.identities().stream().map(Identity::text).collect(Collectors.joining("\n")));
    facts.put("disabled", person.disabledAt().map(Object::toString).orElse(""));
    return facts;
  }

  /** The person that these texts say. */
  public static Person read(String id, UnaryOperator<String> fact) {
    return new Person(
        id,
        new OrganizationId(fact.apply("organization")),
        fact.apply("displayName"),
        fact.apply("contact"),
        Boolean.parseBoolean(fact.apply("human")),
        parts(fact.apply("roles"), " ").stream().map(Role::valueOf).collect(Collectors.toSet()),
        Boolean.parseBoolean(fact.apply("actsForAll")),
        parts(fact.apply("profiles"), " "),
        parts(fact.apply("names"), " "),
        parts(fact.apply("identities"), "\n").stream().map(Identity::parse).toList(),
        Optional.of(fact.apply("disabled")).filter(text -> !text.isEmpty()).map(Instant::parse));
  }

  private static List<String> parts(String text, String between) {
    return text.isEmpty() ? List.of() : List.of(text.split(between));
  }
}
