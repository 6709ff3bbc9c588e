package io.chancery.access;

import io.chancery.OrganizationId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of {@code organization}. */
@Entity
@Table(name = "organization")
class OrganizationRow {
  @Id String id = "";

  @Column(name = "display_name")
  String displayName = "";

  String contact = "";

  @JdbcTypeCode(SqlTypes.ARRAY)
  String[] profiles = {};

  @JdbcTypeCode(SqlTypes.ARRAY)
  String[] names = {};

  @Column(name = "suspended_at")
  @Nullable Instant suspendedAt;

  @Column(name = "created_at")
  Instant createdAt = Instant.EPOCH;

  void set(Organization organization) {
    id = organization.id().value();
    displayName = organization.displayName();
    contact = organization.contact();
    profiles = organization.profiles().toArray(String[]::new);
    names = organization.names().toArray(String[]::new);
    suspendedAt = organization.suspendedAt().orElse(null);
  }

  Organization organization() {
    return new Organization(
        new OrganizationId(id),
        displayName,
        contact,
        List.of(profiles),
        List.of(names),
        Optional.ofNullable(suspendedAt));
  }
}
