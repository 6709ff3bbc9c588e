package io.chancery.ledger;

import io.chancery.x509.Thumbprint;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code ledger_entry}. */
@Entity
@Immutable
@Table(name = "ledger_entry")
class LedgerRow {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Nullable Long id;

  Instant at = Instant.EPOCH;
  String kind = "";
  String actor = "";
  String organization = "";
  String subject = "";
  byte[] body = {};
  byte[] hash = {};

  Recorded recorded() {
    return new Recorded(
        id == null ? 0 : id,
        at,
        EventKind.valueOf(kind),
        actor,
        new String(body, StandardCharsets.UTF_8),
        new Thumbprint(HexFormat.of().formatHex(hash)));
  }
}
