package io.chancery.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of {@code enrolment_token}. */
@Entity
@Table(name = "enrolment_token")
class TokenRow {
  @Id String hash = "";

  String label = "";
  String organization = "";

  @JdbcTypeCode(SqlTypes.ARRAY)
  String[] profiles = {};

  @JdbcTypeCode(SqlTypes.ARRAY)
  String[] names = {};

  @Column(name = "uses_left")
  @Nullable Integer usesLeft;

  @Column(name = "expires_at")
  Instant expiresAt = Instant.EPOCH;

  @Column(name = "bound_to")
  String boundTo = "";

  @Column(name = "created_by")
  String createdBy = "";

  @Column(name = "created_at")
  Instant createdAt = Instant.EPOCH;

  @Column(name = "revoked_at")
  @Nullable Instant revokedAt;
}
