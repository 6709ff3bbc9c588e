package io.chancery.access;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;

/** A row of {@code identity}. */
@Entity
@Table(name = "identity")
class IdentityRow {
  /** The table's key. */
  @Embeddable
  record Id(String value, String kind, String issuer, String organization)
      implements Serializable {}

  @EmbeddedId Id id = new Id("", "", "", "");

  String person = "";

  static IdentityRow of(Person person, Identity identity) {
    IdentityRow row = new IdentityRow();
    row.id =
        new Id(
            identity.value(),
            identity.kind().text(),
            identity.issuer(),
            person.organization().value());
    row.person = person.id();
    return row;
  }

  Identity identity() {
    return new Identity(Identity.kind(id.kind()), id.issuer(), id.value());
  }
}
