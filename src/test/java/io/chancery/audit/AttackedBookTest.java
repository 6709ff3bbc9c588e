package io.chancery.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Report;
import io.chancery.ledger.EventKind;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The owner of the database changes the book and leaves the roll as it is. */
class AttackedBookTest {
  private AuditedWorld world;
  private String revoked = "";
  private String good = "";
  private String held = "";

  @BeforeEach
  void prepare(@TempDir Path fresh) throws Exception {
    world = AuditedWorld.clone(fresh);
    revoked = world.subject(world.leaf(EventKind.CERTIFICATE_REVOKED, 1));
    held = world.subject(world.leaf(EventKind.CERTIFICATE_HELD, 1));
    good = world.subject(world.leaf(EventKind.CERTIFICATE_ISSUED, 2));
  }

  @Test
  void anUnrevokedCertificateIsNamedByItsRevocation() {
    world.sql(
        "update certificate set status = 'good', reason = null, status_since = null,"
            + " status_version = 0 where serial = ?",
        revoked);
    copyToCrls();
    Found.only(
        world.audit(),
        FindingKind.STATUS_DIFFERS,
        world.leafOf(EventKind.CERTIFICATE_REVOKED, revoked));
  }

  @Test
  void aReleasedHoldAndAnotherReasonAndAnotherDateAreNamed() {
    world.sql("update certificate set status = 'good', status_since = null where serial = ?", held);
    copyToCrls();
    Found.only(
        world.audit(), FindingKind.STATUS_DIFFERS, world.leafOf(EventKind.CERTIFICATE_HELD, held));
    world.sql(
        "update certificate set status = 'held', status_since = '2026-06-02T00:00:00Z' where serial = ?",
        held);
    world.sql("update certificate set reason = 4 where serial = ?", revoked);
    copyToCrls();
    long leaf = world.leafOf(EventKind.CERTIFICATE_REVOKED, revoked);
    Found.only(world.audit(), FindingKind.STATUS_DIFFERS, leaf);
    world.sql("update certificate set reason = 1, status_since = now() where serial = ?", revoked);
    copyToCrls();
    Found.only(world.audit(), FindingKind.STATUS_DIFFERS, leaf);
  }

  @Test
  void aRevocationThatNobodyWroteDownIsNamed() {
    world.sql(
        "update certificate set status = 'revoked', reason = 1, status_since = now(),"
            + " status_version = 1 where serial = ?",
        good);
    copyToCrls();
    Found.only(
        world.audit(),
        FindingKind.STATUS_DIFFERS,
        world.leafOf(EventKind.CERTIFICATE_ISSUED, good));
  }

  @Test
  void twoSwappedCertificatesAreNamed() {
    world.sql(
        "update certificate a set der = b.der from certificate b where a.serial in (?, ?) and"
            + " b.serial in (?, ?) and a.serial <> b.serial",
        good,
        revoked,
        good,
        revoked);
    Report report = world.audit();
    Found.at(
        report, FindingKind.CERTIFICATE_DIFFERS, world.leafOf(EventKind.CERTIFICATE_ISSUED, good));
    Found.at(
        report,
        FindingKind.CERTIFICATE_DIFFERS,
        world.leafOf(EventKind.CERTIFICATE_ISSUED, revoked));
  }

  @Test
  void everyChangedColumnIsNamed() {
    for (String change :
        new String[] {
          "issuer = 'other'", "profile = 'other'", "organization = 'chancery'",
          "requester = 'certificate:02'", "contact = 'm@evil.example'", "replaces = 'ab'",
          "subject = 'CN=evil'", "names = '{evil.example}'", "not_after = now()",
          "issued_at = now()", "not_before = now()", "key_thumbprint = 'ab'"
        }) {
      String column = change.substring(0, change.indexOf(' '));
      String before =
          world.text("select " + column + "::text from certificate where serial = ?", good);
      world.sql("update certificate set " + change + " where serial = ?", good);
      Report report = world.audit();
      assertThat(report.counts()).as(change).containsOnlyKeys(FindingKind.CERTIFICATE_DIFFERS);
      world.sql(
          "update certificate set "
              + column
              + " = "
              + (before.equals("null") ? "null" : "'" + before + "'")
              + " where serial = ?",
          good);
    }
    assertThat(world.audit().findings()).isEmpty();
  }

  @Test
  void aCertificateThatNoEntryTellsOfIsNamed() {
    world.sql(
        "insert into certificate select 'ab' || serial, issuer, profile, organization, requester,"
            + " contact, replaces, subject, names, key_thumbprint, key_algorithm, not_before,"
            + " not_after, issued_at, der from certificate where serial = ?",
        good);
    Found.nowhere(world.audit(), FindingKind.CERTIFICATE_NOT_ON_ROLL);
  }

  @Test
  void aCertificateThatIsGoneIsNamed() {
    world.sql("delete from certificate where serial = ?", good);
    Found.only(
        world.audit(),
        FindingKind.CERTIFICATE_NOT_IN_BOOK,
        world.leafOf(EventKind.CERTIFICATE_ISSUED, good));
  }

  @Test
  void aReservationThatIsGoneOrOpenAgainIsNamed() {
    String open = world.text("select serial from reservation where abandoned_at is null");
    String givenUp = world.text("select serial from reservation where abandoned_at is not null");
    world.sql("update reservation set abandoned_at = null where serial = ?", givenUp);
    Found.only(
        world.audit(),
        FindingKind.RESERVATION_DIFFERS,
        world.leafOf(EventKind.CERTIFICATE_ABANDONED, givenUp));
    world.sql("update reservation set abandoned_at = now() where serial = ?", givenUp);
    world.sql("update reservation set tbs = '\\x00' where serial = ?", open);
    long leaf = world.leafOf(EventKind.CERTIFICATE_RESERVED, open);
    Found.only(world.audit(), FindingKind.RESERVATION_DIFFERS, leaf);
    world.sql("delete from reservation where serial = ?", open);
    Found.only(world.audit(), FindingKind.RESERVATION_DIFFERS, leaf);
  }

  @Test
  void aRequestKeyBoundToAnotherCertificateIsNamed() {
    String key = world.text("select key from request_key where serial = ?", serialWithKey());
    String serial = world.text("select serial from request_key where key = ?", key);
    world.sql("update request_key set serial = ? where key = ?", revoked, key);
    Report report = world.audit();
    Found.only(
        report,
        FindingKind.REQUEST_KEY_DIFFERS,
        world.leafOf(EventKind.CERTIFICATE_RESERVED, serial));
    world.sql(
        "update request_key set serial = ?, request_hash = ? where key = ?", serial, "00", key);
    Found.only(
        world.audit(),
        FindingKind.REQUEST_KEY_DIFFERS,
        world.leafOf(EventKind.CERTIFICATE_RESERVED, serial));
  }

  @Test
  void aCrlNumberThatWentBackIsNamed() {
    long leaf = world.leaf(EventKind.CRL_RESERVED, 5);
    world.sql("update crl_series set number = number - 1");
    Found.only(world.audit(), FindingKind.CRL_DIFFERS, leaf);
    world.sql(
        "update crl_series set number = number + 1, this_update = this_update - interval '1 day'");
    Found.only(world.audit(), FindingKind.CRL_DIFFERS, leaf);
  }

  /** Whoever forges a status by hand forges what CRLs are made from as well. */
  private void copyToCrls() {
    world.sql("delete from revoked");
    world.sql(WrittenBook.REVOKED);
  }

  @Test
  void whatCrlsWouldHideOrInventIsNamed() {
    world.sql("delete from revoked where serial = ?", revoked);
    Found.nowhere(world.audit(), FindingKind.CRL_DIFFERS);
    copyToCrls();
    world.sql("update revoked set reason = 8 where serial = ?", revoked);
    Found.nowhere(world.audit(), FindingKind.CRL_DIFFERS);
    copyToCrls();
    world.sql(
        "insert into revoked (issuer, serial, reason, since, not_after)"
            + " select issuer, serial, 1, now(), not_after from certificate where serial = ?",
        good);
    Found.nowhere(world.audit(), FindingKind.CRL_DIFFERS);
  }

  @Test
  void anotherCrlUnderItsNumberIsNamed() {
    long leaf = world.leaf(EventKind.CRL_SIGNED, 4);
    world.sql("update crl_part set octets = '\\x3000' where number = 5");
    Found.only(world.audit(), FindingKind.CRL_DIFFERS, leaf);
    world.sql("delete from crl where number >= 5");
    Found.only(world.audit(), FindingKind.CRL_DIFFERS, world.leaf(EventKind.CRL_SIGNED, 5));
  }

  @Test
  void aCrlThatNoEntryTellsOfIsNamed() {
    world.sql(
        "insert into crl (issuer, number, this_update, next_update, entries, octets, thumbprint)"
            + " values ('paper', 99, now(), now(), 0, 2, 'ab')");
    Found.nowhere(world.audit(), FindingKind.CRL_DIFFERS);
  }

  @Test
  void aRoleGrantedBySqlIsNamed() {
    world.sql("insert into role_grant values ('acme', 'evil.acme.example', 'ADMIN', now())");
    Found.nowhere(world.audit(), FindingKind.ACCESS_DIFFERS);
  }

  @Test
  void aRoleThatIsGoneIsNamed() {
    world.sql("delete from role_grant");
    Found.only(world.audit(), FindingKind.ACCESS_DIFFERS, world.leaf(EventKind.ROLE_GRANTED, 0));
  }

  @Test
  void anOrganizationThatMayHoldMoreIsNamed() {
    world.sql("update organization set names = '{*}' where id = 'acme'");
    Found.only(
        world.audit(), FindingKind.ACCESS_DIFFERS, world.leaf(EventKind.ORGANIZATION_CREATED, 0));
  }

  @Test
  void aTokenWithMoreUsesAndAnotherSecretIsNamed() {
    long leaf = world.leaf(EventKind.TOKEN_CREATED, 0);
    world.sql("update enrolment_token set uses_left = 9");
    Found.only(world.audit(), FindingKind.ACCESS_DIFFERS, leaf);
    world.sql("update enrolment_token set uses_left = 8, hash = ?", "00".repeat(32));
    Found.only(world.audit(), FindingKind.ACCESS_DIFFERS, leaf);
    world.sql("delete from enrolment_token");
    Found.only(world.audit(), FindingKind.ACCESS_DIFFERS, leaf);
  }

  @Test
  void aResponderThatNoEntryNamesIsNamed() {
    world.sql("insert into responder values ('paper', ?, now())", good);
    Found.nowhere(world.audit(), FindingKind.RESPONDER_DIFFERS);
  }

  @Test
  void aBlockedKeyThatIsFreeAgainOrWasNeverBlockedIsNamed() {
    world.sql("insert into blocked_key values (?, now(), 'nobody', 'none', null)", "bb".repeat(32));
    Found.nowhere(world.audit(), FindingKind.BLOCKED_KEY_DIFFERS);
    world.sql("delete from blocked_key where blocked_by = 'nobody'");
    world.sql("update blocked_key set proof = 'none'");
    long leaf = world.leaf(EventKind.KEY_BLOCKED, 0);
    Found.only(world.audit(), FindingKind.BLOCKED_KEY_DIFFERS, leaf);
    world.sql("delete from blocked_key");
    Found.only(world.audit(), FindingKind.BLOCKED_KEY_DIFFERS, leaf);
  }

  @Test
  void anotherListUnderItsHashAndAnotherEndAreNamed() {
    long listed = world.leaf(EventKind.BULK_REVOCATION_LISTED, 0);
    world.sql("update bulk_revocation set list = 'another'");
    Found.only(world.audit(), FindingKind.BULK_REVOCATION_DIFFERS, listed);
    world.sql("update bulk_revocation set list = 'list', revoked = 1");
    Found.only(
        world.audit(),
        FindingKind.BULK_REVOCATION_DIFFERS,
        world.leaf(EventKind.BULK_REVOCATION_DONE, 0));
    world.sql("delete from bulk_revocation");
    Found.only(world.audit(), FindingKind.BULK_REVOCATION_DIFFERS, listed);
  }

  private String serialWithKey() {
    return world.text("select serial from request_key order by key limit 1");
  }
}
