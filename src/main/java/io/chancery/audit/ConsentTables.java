package io.chancery.audit;

import io.chancery.Sha256;
import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
import io.chancery.audit.report.Place;
import io.chancery.audit.rows.Columns;
import io.chancery.audit.rows.RowCursor;
import io.chancery.x509.IssuedCertificate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tables of proposals, signatures and halts, and the signers' certificates in the book. */
final class ConsentTables {
  private static final String PROPOSALS =
      "select id::text, sha256, exact, need, proposer, state from proposal order by id";
  private static final String WORDS =
      "select proposal::text, person, verdict, jws from endorsement order by proposal, person";
  private static final String HALTS =
      "select id::text from signing_halt where resumed_at is null order by id";
  private static final String CERTIFICATE =
      "select der, status, status_since, organization from certificate where serial = ?";

  private final Findings findings;
  private final Map<String, Considered> proposals;
  private final Set<String> halted;
  private final RollPeople people;

  private record Row(
      String id, String sha256, byte[] exact, int need, String proposer, String state) {
    static Row of(ResultSet row) throws SQLException {
      return new Row(
          row.getString(1),
          row.getString(2),
          row.getBytes(3),
          row.getInt(4),
          row.getString(5),
          row.getString(6));
    }
  }

  private record Written(String proposal, String person, String verdict, String jws) {}

  private record InBook(byte[] der, String status, Optional<Instant> since, String organization) {}

  ConsentTables(
      Findings findings, Map<String, Considered> proposals, Set<String> halted, RollPeople people) {
    this.people = people;
    this.findings = findings;
    this.proposals = proposals;
    this.halted = halted;
  }

  void compare(Connection connection) {
    compareProposals(connection);
    compareWords(connection);
    compareHalts(connection);
    compareCertificates(connection);
  }

  private void compareProposals(Connection connection) {
    Map<String, Considered> left = new HashMap<>(proposals);
    try (RowCursor<Row> rows = new RowCursor<>(connection, PROPOSALS, Row::of)) {
      for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
        compare(row.get(), Optional.ofNullable(left.remove(row.get().id())));
      }
    }
    left.forEach((id, one) -> differs(one.place(), "proposal " + id + " is gone"));
  }

  private void compare(Row row, Optional<Considered> found) {
    String which = "proposal " + row.id();
    if (found.isEmpty()) {
      nowhere(which + " stands in no entry");
    } else {
      differences(row, found.get())
          .ifPresent(how -> differs(found.get().place(), which + " " + how));
    }
  }

  private static Optional<String> differences(Row row, Considered considered) {
    if (!row.sha256().equals(considered.terms().sha256().hex())
        || (row.exact().length > 0 && !Sha256.hex(row.exact()).equals(row.sha256()))) {
      return Optional.of("has other octets than were proposed");
    }
    if (row.need() != considered.terms().need()
        || !row.proposer().equals(considered.terms().proposer())) {
      return Optional.of("has other terms than were proposed");
    }
    String state = considered.closed().orElse("PENDING");
    boolean same =
        row.state().equals(state)
            // The step between the two has no entry of its own: the signatures are.
            || (row.state().equals("APPROVED")
                && considered.closed().isEmpty()
                && considered.isEnough(considered.terms().need()));
    return same
        ? Optional.empty()
        : Optional.of("is " + row.state() + ", and the roll says " + state);
  }

  private void compareWords(Connection connection) {
    Map<Written, Place> left = new HashMap<>();
    proposals.forEach(
        (id, one) ->
            one.words()
                .forEach(
                    word ->
                        left.put(
                            new Written(
                                id,
                                word.said().person(),
                                word.said().verdict().name(),
                                word.said().jws()),
                            word.place())));
    try (RowCursor<Written> rows =
        new RowCursor<>(
            connection,
            WORDS,
            row ->
                new Written(
                    row.getString(1), row.getString(2), row.getString(3), row.getString(4)))) {
      for (Optional<Written> row = rows.next(); row.isPresent(); row = rows.next()) {
        if (left.remove(row.get()) == null) {
          nowhere(
              "a signature of "
                  + row.get().person()
                  + " on proposal "
                  + row.get().proposal()
                  + " stands in no entry, or is not a good one");
        }
      }
    }
    left.forEach(
        (word, place) ->
            differs(
                place,
                "the signature of "
                    + word.person()
                    + " on proposal "
                    + word.proposal()
                    + " is gone, or another"));
  }

  private void compareHalts(Connection connection) {
    Set<String> open = new HashSet<>();
    try (RowCursor<String> rows = new RowCursor<>(connection, HALTS, row -> row.getString(1))) {
      for (Optional<String> row = rows.next(); row.isPresent(); row = rows.next()) {
        open.add(row.get());
      }
    }
    halted.stream()
        .filter(one -> !open.contains(one))
        .forEach(one -> nowhere("signing is halted (" + one + "), and the table says it is not"));
    open.stream()
        .filter(one -> !halted.contains(one))
        .forEach(
            one ->
                nowhere("the table says that signing is halted (" + one + "), the roll does not"));
  }

  private void compareCertificates(Connection connection) {
    Map<IssuedCertificate, Considered.Word> first = new HashMap<>();
    proposals.values().stream()
        .flatMap(one -> one.words().stream())
        .forEach(
            word ->
                first.merge(
                    word.signed().certificate(),
                    word,
                    (one, other) -> one.at().isAfter(other.at()) ? one : other));
    first.forEach((certificate, word) -> compareCertificate(connection, certificate, word));
  }

  /** The newest signature of each: it is the one that may have come after a revocation. */
  private void compareCertificate(
      Connection connection, IssuedCertificate certificate, Considered.Word word) {
    String whose = "the certificate " + certificate.serial().hex() + " of " + word.said().person();
    try (RowCursor<InBook> rows =
        new RowCursor<>(
            connection,
            CERTIFICATE,
            row ->
                new InBook(
                    row.getBytes(1), row.getString(2), Columns.time(row, 3), row.getString(4)),
            certificate.serial().hex())) {
      Optional<InBook> row = rows.next();
      if (row.isEmpty() || !Arrays.equals(row.get().der(), certificate.der().octets())) {
        notApproved(word.place(), whose + " is not in the book");
      } else if (!people.belongsTo(word.said().person(), row.get().organization())) {
        notApproved(word.place(), whose + " is another organization's");
      } else if (!row.get().status().equals("good")
          && row.get().since().map(since -> since.isBefore(word.at())).orElse(true)) {
        notApproved(word.place(), whose + " had signed after it was " + row.get().status());
      }
    }
  }

  private void notApproved(Place place, String what) {
    findings.about(place, FindingKind.NOT_APPROVED, what);
  }

  private void differs(Place place, String what) {
    findings.about(place, FindingKind.CONSENT_DIFFERS, what);
  }

  private void nowhere(String what) {
    findings.nowhere(FindingKind.CONSENT_DIFFERS, what);
  }
}
