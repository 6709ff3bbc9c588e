package io.chancery.access;

import io.chancery.OrganizationId;
import io.chancery.Role;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of {@code person}. */
@Entity
@Table(name = "person")
class PersonRow {
  @Id String id = "";

  String organization = "";

  @Column(name = "display_name")
  String displayName = "";

  String contact = "";
  boolean human;

  @JdbcTypeCode(SqlTypes.ARRAY)
  String[] roles = {};

  @Column(name = "acts_for_all")
  boolean actsForAll;

  @JdbcTypeCode(SqlTypes.ARRAY)
  String[] profiles = {};

  @JdbcTypeCode(SqlTypes.ARRAY)
  String[] names = {};

  @Column(name = "disabled_at")
  @Nullable Instant disabledAt;

  @Column(name = "created_at")
  Instant createdAt = Instant.EPOCH;

  void set(Person person) {
    id = person.id();
    organization = person.organization().value();
    displayName = person.displayName();
    contact = person.contact();
    human = person.human();
    roles = person.roles().stream().map(Role::name).sorted().toArray(String[]::new);
    actsForAll = person.actsForAll();
    profiles = person.profiles().toArray(String[]::new);
    names = person.names().toArray(String[]::new);
    disabledAt = person.disabledAt().orElse(null);
  }

  Person person(List<Identity> identities) {
    return new Person(
        id,
        new OrganizationId(organization),
        displayName,
        contact,
        human,
        Arrays.stream(roles).map(Role::valueOf).collect(Collectors.toSet()),
        actsForAll,
        List.of(profiles),
        List.of(names),
        identities,
        Optional.ofNullable(disabledAt));
  }
}
