package io.chancery.inventory;

import io.chancery.x509.Thumbprint;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Keys that nobody gets a certificate for again, by the hash of their SubjectPublicKeyInfo. */
@Singleton
public final class BlockedKeys {
  private static final String BLOCK =
      """
      insert into blocked_key (spki, at, blocked_by, proof, invalidity_date)
      values (?, ?, ?, ?, ?) on conflict do nothing
      """;
  private static final String FIND =
      "select at, blocked_by, proof, invalidity_date from blocked_key where spki = ?";

  private static final String KNOWN =
      """
      with asked (keys) as (select cast(? as text[])),
      known (key) as materialized (select keys_known(keys) from asked)
      select key, key in (select key from known) from asked, unnest(keys) as one (key)
      """;

  /** Reserved before the key was blocked and recorded after it. */
  private static final String MISSED =
      """
      select b.spki from blocked_key b where exists (select from certificate c
        where c.key_thumbprint = b.spki and c.status <> 'revoked' and c.not_after > now())
      """;

  private final DataSource database;
  private final SingleRead reads;

  @Inject
  BlockedKeys(DataSource database, SingleRead reads) {
    this.database = database;
    this.reads = reads;
  }

  /** How it was shown that others know the private key. */
  public enum Proof {
    /** By the private key itself. */
    PRIVATE_KEY,
    /** By a signature that says so. */
    REQUEST,
    /** An operator's word. */
    NONE;

    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Proof parse(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /** One key. */
  public record Blocked(
      Thumbprint key, Instant at, String by, Proof proof, Optional<Instant> invalidityDate) {}

  /** Whether it was not blocked before; what stands already stays as it is. */
  public boolean block(Blocked key) {
    Transactions.mustBeOpen();
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(BLOCK)) {
      statement.setString(1, key.key().hex());
      statement.setObject(2, key.at().atOffset(ZoneOffset.UTC));
      statement.setString(3, key.by());
      statement.setString(4, key.proof().text());
      statement.setObject(
          5, key.invalidityDate().map(date -> date.atOffset(ZoneOffset.UTC)).orElse(null));
      return statement.executeUpdate() > 0;
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /**
   * For each key whether nobody may have it: it is blocked, or a certificate of whomever was
   * revoked because others know it.
   */
  public List<Boolean> known(List<Thumbprint> keys) {
    return reads
        .each(KNOWN, keys.stream().map(Thumbprint::hex).toList(), row -> row.getBoolean(2))
        .stream()
        .map(Optional::orElseThrow)
        .toList();
  }

  public Optional<Blocked> find(Thumbprint key) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setString(1, key.hex());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(blocked(key, row)) : Optional.empty();
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Blocked keys with a certificate in force that is not revoked. */
  public List<Blocked> missed() {
    List<Blocked> missed = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(MISSED);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        find(new Thumbprint(rows.getString(1))).ifPresent(missed::add);
      }
      return missed;
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static Blocked blocked(Thumbprint key, ResultSet row) throws SQLException {
    @Nullable OffsetDateTime date = row.getObject(4, OffsetDateTime.class);
    return new Blocked(
        key,
        row.getObject(1, OffsetDateTime.class).toInstant(),
        row.getString(2),
        Proof.parse(row.getString(3)),
        Optional.ofNullable(date).map(OffsetDateTime::toInstant));
  }
}
