package io.chancery.inventory.mass;

import io.chancery.OrganizationId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What selections find in the book. */
@Singleton
public final class Matches {
  // Names are compared whole and as sets of rows: a lookup for each would be one over all that
  // share a subject.
  private static final String HIT =
      """
      with hit as materialized (
        select c.serial, c.organization, c.profile, c.issuer, c.contact, c.subject, c.names,
          c.issued_at, c.not_after
        from certificate c where %s %s),
      named as (select distinct organization, profile, subject, names from hit),
      newest as (
        select n.organization, n.profile, n.subject, n.names, max(n.issued_at) as at
        from certificate n join named using (organization, profile, subject, names)
        where n.status = 'good' and n.not_after > now() group by 1, 2, 3, 4),
      told as (
        select h.*, coalesce(h.issued_at >= w.at, true) and not exists (
            select from certificate r where r.replaces = h.serial and r.status = 'good'
              and r.not_after > now()) as in_use
        from hit h left join newest w using (organization, profile, subject, names))
      """;
  private static final String RADIUS =
      """
      select organization, profile, issuer, contact,
        grouping(organization, profile, issuer, contact), count(*),
        count(*) filter (where in_use)
      from told group by grouping sets ((organization), (profile), (issuer), (contact), ())
      order by 6 desc, 1, 2, 3, 4
      """;
  private static final String PAGE =
      """
      select serial, organization, profile, issuer, contact, names, issued_at, not_after, in_use
      from told order by serial
      """;
  private static final String SERIALS =
      "select c.serial from certificate c where %s order by c.serial limit ?";

  /** Of the bits that {@code grouping} sets, the one of a column that was grouped by is missing. */
  private static final int EVERY_COLUMN = 0b1111;

  private final Jdbc jdbc;

  @Inject
  Matches(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  private record Counted(int grouping, Radius.Group group) {}

  public Radius radius(Selection selection, Instant now) {
    Conditions conditions = Conditions.of(selection, now);
    List<Counted> rows =
        jdbc.query(
            HIT.formatted(conditions.where(), "") + RADIUS, Matches::counted, conditions.values());
    long count = 0;
    long inUse = 0;
    List<Radius.Group> groups = new ArrayList<>();
    for (Counted row : rows) {
      if (row.grouping() == EVERY_COLUMN) {
        count = row.group().count();
        inUse = row.group().inUse();
      } else {
        groups.add(row.group());
      }
    }
    return new Radius(count, inUse, groups);
  }

  /** The next ones after a serial, in serial order. */
  public List<Match> page(Selection selection, Instant now, String after, int limit) {
    Conditions conditions = Conditions.of(selection, now);
    return jdbc.query(
        HIT.formatted(conditions.where(), "and c.serial > ? order by c.serial limit ?") + PAGE,
        Matches::match,
        conditions.values(after, limit));
  }

  /** The first serials, in their order. */
  public List<String> serials(Selection selection, Instant now, int limit) {
    Conditions conditions = Conditions.of(selection, now);
    return jdbc.query(
        SERIALS.formatted(conditions.where()), row -> row.getString(1), conditions.values(limit));
  }

  /** Those that a selection finds beside these, no more than so many. */
  public Set<String> beside(
      Selection selection, Collection<String> serials, Instant now, int limit) {
    Set<String> others = new HashSet<>(serials(selection, now, limit + serials.size()));
    others.removeAll(Set.copyOf(serials));
    return others;
  }

  private static Counted counted(ResultSet row) throws SQLException {
    int grouping = row.getInt(5);
    int column =
        switch (grouping) {
          case 0b0111 -> 1;
          case 0b1011 -> 2;
          case 0b1101 -> 3;
          case 0b1110 -> 4;
          default -> 0;
        };
    return new Counted(
        grouping,
        new Radius.Group(
            Radius.Kind.values()[Math.max(0, column - 1)],
            column == 0 ? "" : row.getString(column),
            row.getLong(6),
            row.getLong(7)));
  }

  private static Match match(ResultSet row) throws SQLException {
    return new Match(
        row.getString(1),
        new OrganizationId(row.getString(2)),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        List.of((String[]) row.getArray(6).getArray()),
        row.getObject(7, OffsetDateTime.class).toInstant(),
        row.getObject(8, OffsetDateTime.class).toInstant(),
        row.getBoolean(9));
  }
}
