package io.chancery.access;

import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.inventory.SingleRead;
import io.chancery.inventory.sql.Sql;
import io.chancery.inventory.sql.Sql.Column;
import io.chancery.inventory.sql.Trip;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The table {@code enrolment_token}. */
@Singleton
class TokenRows implements PanacheRepositoryBase<TokenRow, String> {
  private static final String STANDING =
      """
      select o.%s, t.label, t.profiles, t.names
      from unnest(?, ?) with ordinality as shown (token, owner, place)
      left join organization o on o.id = shown.owner
      left join enrolment_token t on t.label = shown.token
      order by shown.place
      """
          .formatted(Organizations.COLUMNS.replace(", ", ", o."));

  /**
   * A row is changed by the condition, so that two racing requests cannot spend one use twice; rows
   * are locked in one order by everybody. A token without a number of uses is only looked at.
   */
  private static final String SPEND =
      """
      with wanted (label, uses) as (
        select * from unnest(?, ?)
      ), counted as (
        select t.label, t.revoked_at, t.expires_at from enrolment_token t
        where t.label in (select label from wanted) and t.uses_left is not null
        order by t.label for update
      ), paid as (
        update enrolment_token t set uses_left = t.uses_left - wanted.uses
        from wanted join counted using (label)
        where t.label = wanted.label and t.uses_left >= wanted.uses and t.revoked_at is null
        returning t.label
      )
      select wanted.label, counted.label is not null as counted, paid.label is not null as paid,
        coalesce(counted.expires_at, t.expires_at) as expires_at,
        coalesce(counted.revoked_at, t.revoked_at) as revoked_at
      from wanted left join counted using (label) left join paid using (label)
      left join enrolment_token t on t.label = wanted.label
      """;

  /** A token, and whose certificates are asked for by it. */
  record Shown(String label, OrganizationId owner) {}

  /** What the book says about both. */
  record Standing(
      Shown shown, Optional<Organization> organization, Optional<Entitlement> narrowing) {
    Entitlement entitlement() {
      Entitlement whole =
          Organizations.entitlement(
              organization.orElseThrow(() -> Organizations.unknown(shown.owner())));
      return narrowing
          .orElseThrow(() -> new Failure.NotFound("token", shown.label()).thrown())
          .within(whole);
    }

    private static Standing of(Shown shown, ResultSet row) throws SQLException {
      return new Standing(
          shown,
          row.getString("id") == null
              ? Optional.empty()
              : Optional.of(Organizations.organization(row)),
          row.getString("label") == null
              ? Optional.empty()
              : Optional.of(
                  new Entitlement(SingleRead.texts(row, 8), SingleRead.texts(row, 9), List.of())));
    }

    /** Of a token's own organization. */
    static Standing of(String label, Organization owner, Entitlement narrowing) {
      return new Standing(new Shown(label, owner.id()), Optional.of(owner), Optional.of(narrowing));
    }
  }

  /** In the order in which they are asked. */
  List<Standing> standings(List<Shown> all, SingleRead reads) {
    Iterator<Shown> each = all.iterator();
    return reads.all(
        STANDING,
        statement ->
            Sql.bind(
                statement.getConnection(),
                statement,
                Column.texts(all, Shown::label),
                Column.texts(all, one -> one.owner().value())),
        row -> Standing.of(each.next(), row));
  }

  /**
   * What became of a token that was to be spent.
   *
   * @param counted whether it has a number of uses
   * @param paid whether it had enough of them left, and has fewer now
   * @param token its label and when it ends or ended; empty where there is none
   */
  record Spent(String label, boolean counted, boolean paid, Optional<TokenRow> token) {
    private static Spent of(ResultSet row) throws SQLException {
      Optional<TokenRow> token = Optional.empty();
      if (row.getObject("expires_at") != null) {
        TokenRow found = new TokenRow();
        found.label = row.getString("label");
        found.expiresAt = Sql.time(row, "expires_at").orElseThrow();
        found.revokedAt = Sql.time(row, "revoked_at").orElse(null);
        token = Optional.of(found);
      }
      return new Spent(
          row.getString("label"), row.getBoolean("counted"), row.getBoolean("paid"), token);
    }
  }

  /** So many uses of each token, by its label. */
  void spend(Map<String, Integer> uses, Consumer<Spent> spent, Trip trip) {
    trip.query(
        SPEND,
        Spent::of,
        all -> all.forEach(spent),
        Column.texts(uses.keySet(), label -> label),
        Column.numbers(uses.values(), use -> use));
  }
}
