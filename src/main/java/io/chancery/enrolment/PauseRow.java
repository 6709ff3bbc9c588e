package io.chancery.enrolment;

import io.chancery.OrganizationId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code pause}. */
@Entity
@Table(name = "pause")
class PauseRow {
  @Id UUID id = new UUID(0, 0);
  String client = "";
  String organization = "";
  String profile = "";

  @JdbcTypeCode(SqlTypes.ARRAY)
  String[] names = {};

  int asked;
  Instant since = Instant.EPOCH;

  static PauseRow of(Pause pause, Client client) {
    PauseRow row = new PauseRow();
    row.id = pause.id();
    row.client = client.hash();
    row.organization = pause.organization().value();
    row.profile = pause.profile();
    row.names = pause.names().toArray(String[]::new);
    row.asked = pause.asked();
    row.since = pause.since();
    return row;
  }

  Pause pause() {
    return new Pause(id, new OrganizationId(organization), profile, List.of(names), asked, since);
  }
}
