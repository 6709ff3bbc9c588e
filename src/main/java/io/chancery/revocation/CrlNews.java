package io.chancery.revocation;

import io.chancery.inventory.StatusVersion;
import io.chancery.visibility.Channel;
import io.chancery.visibility.Seen;
import io.chancery.x509.SerialNumber;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which changes a CRL is the first of its slot to show: what its snapshot sees and that of the one
 * before it does not.
 */
@Singleton
final class CrlNews {
  private static final String BEFORE =
      """
      select snapshot::text from crl
      where issuer = ? and scope = ? and (base is null) = ? and number < ? and snapshot is not null
      order by number desc limit 1
      """;

  private static final String OF_BASE =
      "select snapshot::text from crl where issuer = ? and scope = ? and base is null and number = ?";

  private static final String NEWS =
      """
      select s.id, s.serial, s.version from status_change s
      where s.issuer = ? and s.xact >= pg_snapshot_xmin(?::pg_snapshot)
        and not pg_visible_in_snapshot(s.xact, ?::pg_snapshot)
        and pg_visible_in_snapshot(s.xact, ?::pg_snapshot)
        and (? = '' or exists (select from certificate k
          where k.serial = s.serial and k.crl_shard::text = ?))
        and s.id > ?
      order by s.id limit ?
      """;

  private static final int PAGE = 5_000;

  private final CrlBook book;
  private final Seen seen;
  private final InstantSource clock;

  @Inject
  CrlNews(CrlBook book, Seen seen, InstantSource clock) {
    this.book = book;
    this.seen = seen;
    this.clock = clock;
  }

  /** Writes down, in the transaction that keeps the CRL, what has become visible with it. */
  void tell(PublishedCrl crl, String snapshot) {
    // The first delta shows what its base does not. Before a first complete CRL nobody waits.
    before(crl)
        .or(() -> crl.base().flatMap(base -> ofBase(crl, base)))
        .ifPresent(earlier -> tell(crl, earlier, snapshot));
  }

  private Optional<String> before(PublishedCrl crl) {
    CrlSlot slot = crl.slot();
    return book.text(
        BEFORE, slot.issuer().value(), slot.scope().text(), !slot.isDelta(), crl.number());
  }

  private Optional<String> ofBase(PublishedCrl crl, long base) {
    return book.text(OF_BASE, crl.slot().issuer().value(), crl.slot().scope().text(), base)
        .filter(text -> !text.isEmpty());
  }

  private void tell(PublishedCrl crl, String earlier, String later) {
    long last = 0;
    List<News> page;
    do {
      page = page(crl.slot(), earlier, later, last);
      seen.record(channel(crl), page.stream().map(News::version).toList(), clock.instant());
      last = page.isEmpty() ? last : page.getLast().id();
    } while (page.size() == PAGE);
  }

  private List<News> page(CrlSlot slot, String earlier, String later, long from) {
    String issuer = slot.issuer().value();
    String scope = slot.scope().text();
    return book.with(
        connection -> {
          List<News> page = new ArrayList<>();
          try (var statement = connection.prepareStatement(NEWS);
              ResultSet row =
                  CrlBook.bound(
                          statement, issuer, earlier, earlier, later, scope, scope, from, PAGE)
                      .executeQuery()) {
            while (row.next()) {
              page.add(news(row));
            }
          }
          return page;
        });
  }

  private record News(long id, StatusVersion version) {}

  private static News news(ResultSet row) throws SQLException {
    return new News(
        row.getLong(1), new StatusVersion(SerialNumber.parse(row.getString(2)), row.getInt(3)));
  }

  private static Channel channel(PublishedCrl crl) {
    if (crl.slot().isDelta()) {
      return new Channel.Delta(crl.number());
    }
    OptionalInt shard = crl.slot().scope().shard();
    return shard.isPresent()
        ? new Channel.Shard(shard.getAsInt(), crl.number())
        : new Channel.Full(crl.number());
  }
}
