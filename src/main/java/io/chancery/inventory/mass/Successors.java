package io.chancery.inventory.mass;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Which of some certificates have somebody to take their place. */
@Singleton
public final class Successors {
  // A successor is in force, is not on the list itself, has another key, was issued later, and its
  // answer is known to have gone out. It renews the certificate, or is for the same names.
  private static final String HAVE =
      """
      with listed as materialized (
        select c.serial, c.organization, c.profile, c.subject, c.names, c.key_thumbprint, c.issued_at
        from certificate c where c.serial = any (?)),
      other as materialized (
        select n.* from certificate n
        where n.status = 'good' and n.not_after > now()
          and not exists (select from listed l where l.serial = n.serial)
          and not exists (select from undelivered u where u.serial = n.serial)
          and (n.replaces in (select serial from listed)
            or (n.organization, n.profile, n.subject, n.names)
              in (select organization, profile, subject, names from listed)))
      select l.serial from listed l where exists (
          select from other n where n.replaces = l.serial and n.key_thumbprint <> l.key_thumbprint)
      union
      select l.serial from listed l
        join other n using (organization, profile, subject, names)
      where n.issued_at > l.issued_at and n.key_thumbprint <> l.key_thumbprint
      """;

  private final Jdbc jdbc;

  @Inject
  Successors(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  /** Those of them that have one. */
  public Set<String> of(Collection<String> serials) {
    return Set.copyOf(jdbc.query(HAVE, row -> row.getString(1), List.of(serials)));
  }
}
