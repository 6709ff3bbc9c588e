package io.chancery.inventory;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** A row of {@code request_key}. */
@Entity
@Table(name = "request_key")
class RequestKeyRow {
  /** The table's key. */
  @Embeddable
  record Id(String caller, String key) implements Serializable {}

  @EmbeddedId Id id = new Id("", "");

  @Column(name = "request_hash")
  String requestHash = "";

  String serial = "";
  Instant at = Instant.EPOCH;
}
