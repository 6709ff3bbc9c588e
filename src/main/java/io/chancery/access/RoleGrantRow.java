package io.chancery.access;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** A row of {@code role_grant}. */
@Entity
@Table(name = "role_grant")
class RoleGrantRow {
  /** The table's key. */
  @Embeddable
  record Id(String organization, String name, String role) implements Serializable {}

  @EmbeddedId Id id = new Id("", "", "");

  @Column(name = "granted_at")
  Instant grantedAt = Instant.EPOCH;
}
