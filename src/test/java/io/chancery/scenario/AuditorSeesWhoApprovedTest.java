package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Role;
import io.chancery.audit.Audit;
import io.chancery.audit.report.Finding;
import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Progress;
import io.chancery.ledger.note.NoteSigner;
import io.chancery.testing.Book;
import io.chancery.testing.Consent;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What was approved by people is found good by the auditor, and what was written by SQL is not. */
@QuarkusTest
@WithTestResource(World.class)
class AuditorSeesWhoApprovedTest {
  @Inject Tenant tenants;
  @Inject Book book;
  @Inject DataSource source;
  @Inject NoteSigner signer;

  @Test
  void everyChangeOfARowIsNamedByItsProposal() throws Exception {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    Tenant.Holder alice = tenants.person(Role.APPROVER);
    Tenant.Holder bob = tenants.person(Role.APPROVER);
    Http.Answer waits =
        home.http()
            .post(
                "/v1/certificates",
                Map.of(
                    "profile",
                    "approved-by-two",
                    "csr",
                    Csrs.ec("").dns("a.internal.test").build().pem()));
    String id = waits.json().get("proposal").asText();
    assertThat(Consent.approve(alice, id).status()).isEqualTo(200);
    assertThat(Consent.approve(bob, id).json().get("state").asText()).isEqualTo("CARRIED_OUT");
    String serial = waits.json().get("serial").asText();
    assertThat(about(id, serial)).isEmpty();

    List<String> attacks =
        List.of(
            "update endorsement set jws = reverse(jws) where proposal = '%s'",
            "update proposal set exact = set_byte(exact, 9, 7) where id = '%s'",
            "update proposal set need = 1 where id = '%s'",
            "update proposal set state = 'REJECTED' where id = '%s'",
            "update proposal set proposer = 'person:x' where id = '%s'");
    List<String> back =
        List.of(
            "update endorsement set jws = reverse(jws) where proposal = '%s'",
            "update proposal p set exact = r.tbs from (select decode(e.body_exact, 'base64') as tbs"
                + " from (select convert_from(body, 'UTF8')::jsonb #>> '{facts,exact}' as"
                + " body_exact from ledger_entry where kind = 'PROPOSED' and subject = '%1$s') e) r"
                + " where p.id = '%1$s'",
            "update proposal set need = 2 where id = '%s'",
            "update proposal set state = 'CARRIED_OUT' where id = '%s'",
            "update proposal set proposer = proposed_by where id = '%s'");
    for (int i = 0; i < attacks.size(); i++) {
      assertThat(book.change(attacks.get(i).formatted(id))).isPositive();
      assertThat(about(id, serial))
          .as(attacks.get(i))
          .isNotEmpty()
          .allMatch(one -> one.kind() == FindingKind.CONSENT_DIFFERS);
      book.change(back.get(i).formatted(id));
    }
    assertThat(about(id, serial)).isEmpty();

    // A signature that is gone, and one that nobody gave.
    book.change("create table kept as select * from endorsement where proposal = '" + id + "'");
    book.change("delete from endorsement where proposal = '" + id + "'");
    assertThat(about(id, serial)).hasSize(2);
    book.change("insert into endorsement select * from kept");
    book.change("drop table kept");
    assertThat(about(id, serial)).isEmpty();
  }

  private List<Finding> about(String id, String serial) {
    Audit.Subject subject =
        new Audit.Subject(
            Optional.empty(),
            Optional.of(source::getConnection),
            signer.key(),
            List.of(),
            0,
            10_000);
    return new Audit(subject, new Progress(), InstantSource.system())
        .run().findings().stream()
            .filter(one -> one.what().contains(id) || one.what().contains(serial))
            .toList();
  }
}
