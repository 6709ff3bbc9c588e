package io.chancery.access;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A row of {@code profile_limit}. */
@Entity
@Table(name = "profile_limit")
class LimitRow {
  /** The table's key. */
  @Embeddable
  record Id(String organization, String profile) implements Serializable {}

  @EmbeddedId Id id = new Id("", "");

  @Column(name = "per_minute")
  int perMinute;

  @Column(name = "in_force")
  @Nullable Integer inForce;

  OptionalInt inForce() {
    return inForce == null ? OptionalInt.empty() : OptionalInt.of(inForce);
  }
}
