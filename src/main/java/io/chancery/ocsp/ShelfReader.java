package io.chancery.ocsp;

import io.chancery.inventory.StatusChange;
import io.chancery.issuance.AnswerForm;
import io.chancery.issuance.CertIdStem;
import io.chancery.issuance.OcspHash;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.IssuerName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the book's answers onto a shelf, and puts marks over what changes of status have made
 * untrue. It only reads, and knows issuers by their certificates alone, so that it serves a status
 * node as well as the service. One thread reads.
 */
public final class ShelfReader {
  private final AnswerShelf shelf;
  private final Function<IssuerName, Optional<IssuedCertificate>> issuers;
  private final Function<String, Optional<IssuedCertificate>> responders;
  private final Consumer<KeptAnswer> news;
  private final Set<AnswerForms.Key> strangers = new HashSet<>();
  private @Nullable String position;

  /**
   * @param issuers the certificates of those whose answers are taken
   * @param responders finds a responder's certificate by its serial in hex; not on the connection
   *     that is being read from, on which a cursor is open
   * @param news is told of everything that was taken
   */
  public ShelfReader(
      AnswerShelf shelf,
      Function<IssuerName, Optional<IssuedCertificate>> issuers,
      Function<String, Optional<IssuedCertificate>> responders,
      Consumer<KeptAnswer> news) {
    this.shelf = shelf;
    this.issuers = issuers;
    this.responders = responders;
    this.news = news;
  }

  /** Everything the first time, then what is new. */
  public void read(Connection connection) throws SQLException {
    String from = position;
    if (from == null) {
      String first = AnswerRows.position(connection);
      AnswerRows.all(connection, this::put);
      // An answer that was made before a change of status that this process was not told of.
      ShelfCheck.outdated(connection, shelf, due -> mark(due.issuer(), due.facts()));
      position = first;
    } else {
      position = AnswerRows.since(connection, from, this::put);
    }
  }

  /** Whether what was made before this process began is on the shelf. */
  public boolean isLoaded() {
    return position != null;
  }

  /**
   * What is on the shelf of a certificate whose status has changed is not sent any more.
   *
   * @return whether the shelf did not know of this change
   */
  public boolean mark(StatusChange change) {
    return mark(
        change.issuer(),
        new KeptAnswer.Facts(
            change.serial(),
            change.version(),
            Statuses.status(change.status()),
            change.notAfter()));
  }

  /** The number of the form of an issuer's answers; empty where their responder is not found. */
  public static Optional<Integer> form(
      AnswerShelf shelf,
      IssuedCertificate issuer,
      AnswerForms.Key key,
      Function<String, Optional<IssuedCertificate>> responders) {
    Optional<Integer> known = shelf.forms().number(key);
    if (known.isPresent()) {
      return known;
    }
    CertIdStem stem = CertIdStem.of(key.issuer(), issuer, OcspHash.SHA1);
    if (key.responder().isEmpty()) {
      return Optional.of(shelf.forms().number(key, () -> AnswerForm.itself(stem, issuer)));
    }
    return responders
        .apply(key.responder())
        .map(one -> shelf.forms().number(key, () -> AnswerForm.delegated(stem, one)));
  }

  /** A certificate of the book. */
  public static Optional<IssuedCertificate> certificate(Connection connection, String serial)
      throws SQLException {
    return ShelfCheck.certificate(connection, serial);
  }

  private boolean mark(IssuerName issuer, KeptAnswer.Facts facts) {
    return issuers
        .apply(issuer)
        .flatMap(one -> form(shelf, one, new AnswerForms.Key(issuer, ""), responders))
        .filter(form -> take(KeptAnswer.mark(facts, form)))
        .isPresent();
  }

  private void put(AnswerRows.Row row) {
    AnswerForms.Key key = new AnswerForms.Key(row.issuer(), row.responder());
    Optional<IssuedCertificate> issuer = issuers.apply(row.issuer());
    if (issuer.isEmpty() || strangers.contains(key)) {
      return;
    }
    form(shelf, issuer.get(), key, responders)
        .ifPresentOrElse(form -> take(row.kept(form)), () -> strangers.add(key));
  }

  private boolean take(KeptAnswer answer) {
    boolean taken = shelf.put(answer);
    if (taken) {
      news.accept(answer);
    }
    return taken;
  }
}
