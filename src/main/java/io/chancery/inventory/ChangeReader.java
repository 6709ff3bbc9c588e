package io.chancery.inventory;

import io.chancery.OrganizationId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the book's changes of status, each once and soon after its commit. Transactions commit in
 * another order than they begin: what is read while an older one is still open is remembered until
 * all before it has ended, and only then the place to read on from moves past it.
 */
public final class ChangeReader {
  /** What is remembered at most; beyond it, changes wait for the transaction that holds them up. */
  private static final int AHEAD = 50_000;

  // One statement has one snapshot: what is not visible in it has a transaction of at least its
  // xmin.
  private static final String READ =
      """
      select pg_snapshot_xmin(pg_current_snapshot())::text, s.xact::text, s.id, s.version,
        c.organization, %s
      from (values (1)) always
      left join (select * from status_change where (xact, id) > (?::xid8, ?)
        order by xact, id limit ?) s on true
      left join certificate c on c.serial = s.serial
      order by s.xact, s.id
      """
          .formatted(StatusChanges.COLUMNS);

  private final int page;
  private final Set<Long> ahead = new HashSet<>();
  private Place place;
  private boolean more;

  /** Reads on from here, this many rows at a time. */
  public ChangeReader(Place from, int page) {
    this.place = from;
    this.page = page;
  }

  /** How far somebody has read: everything up to here, and it stays so. */
  public record Place(long transaction, long id) {
    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,18})\\.([0-9]{1,18})");

    /** Before everything. */
    public static final Place BEGINNING = new Place(0, 0);

    /** From here on everything that is not yet committed will be read. */
    public static Place now(Connection connection) throws SQLException {
      return new Place(number(connection, "pg_snapshot_xmin(pg_current_snapshot())"), 0);
    }

    /** Reads {@link #text}; empty for anything else. */
    public static Optional<Place> parse(String text) {
      Matcher shape = SHAPE.matcher(text);
      return shape.matches()
          ? Optional.of(new Place(Long.parseLong(shape.group(1)), Long.parseLong(shape.group(2))))
          : Optional.empty();
    }

    /**
     * This place, or the beginning where it lies in a future of this database: it was handed out by
     * another one, from which this one was perhaps restored.
     */
    public Place within(Connection connection) throws SQLException {
      long end = number(connection, "pg_snapshot_xmax(pg_current_snapshot())");
      return transaction < end ? this : BEGINNING;
    }

    public String text() {
      return transaction + "." + id;
    }

    private static long number(Connection connection, String what) throws SQLException {
      try (PreparedStatement statement =
              connection.prepareStatement("select (" + what + ")::text");
          ResultSet row = statement.executeQuery()) {
        row.next();
        return Long.parseLong(row.getString(1));
      }
    }
  }

  /**
   * One change.
   *
   * @param owner whose certificate it is
   * @param place where to read on, for one who has got this change and everything before it
   */
  public record Told(StatusChange change, OrganizationId owner, Place place) {}

  /** Where to read on, should this reader be lost. */
  public Place place() {
    return place;
  }

  /** Whether the last page was full, so that more may be there at once. */
  public boolean more() {
    return more;
  }

  /** The next page. Of a certificate that has changed twice meanwhile, only the newest status. */
  public List<Told> next(Connection connection) throws SQLException {
    int limit = page + Math.min(ahead.size(), AHEAD);
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setString(1, String.valueOf(place.transaction()));
      statement.setLong(2, place.id());
      statement.setInt(3, limit);
      try (ResultSet rows = statement.executeQuery()) {
        return told(rows, limit);
      }
    }
  }

  private List<Told> told(ResultSet rows, int limit) throws SQLException {
    List<Told> told = new ArrayList<>();
    int read = 0;
    while (rows.next() && rows.getString(2) != null) {
      read++;
      if (!known(rows) && rows.getString(5) != null) {
        StatusChange change = StatusChanges.change(rows, 5);
        if (rows.getInt(4) >= change.version()) {
          told.add(new Told(change, new OrganizationId(rows.getString(5)), place));
        }
      }
    }
    more = read == limit && ahead.size() < AHEAD;
    return told;
  }

  /** Whether the row was told before; moves the place on where nothing can come before the row. */
  private boolean known(ResultSet row) throws SQLException {
    long transaction = Long.parseLong(row.getString(2));
    long id = row.getLong(3);
    if (transaction < Long.parseLong(row.getString(1))) {
      place = new Place(transaction, id);
      return ahead.remove(id);
    }
    return !ahead.add(id);
  }
}
