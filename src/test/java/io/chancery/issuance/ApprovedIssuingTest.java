package io.chancery.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.PkiException;
import io.chancery.profile.Approval;
import io.chancery.profile.Profile;
import io.chancery.testing.Csrs;
import io.chancery.warrant.Deed;
import io.chancery.warrant.DetachedJws;
import io.chancery.warrant.Endorsement;
import io.chancery.warrant.ExactBytes;
import io.chancery.warrant.Register;
import io.chancery.warrant.SigningSwitch;
import io.chancery.warrant.Statement;
import io.chancery.warrant.Terms;
import io.chancery.warrant.Verdict;
import io.chancery.warrant.Warrant;
import io.chancery.x509.Der;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.SelfSigned;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.Validity;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The last door before the token asks by itself. A promise is used up when the token is asked: one
 * that was refused and can be redeemed afterwards shows that the token was not.
 */
class ApprovedIssuingTest {
  private static final Instant NOW = Scene.NOW;

  private final SigningSwitch signing = new SigningSwitch();
  private final Scene scene = new Scene();
  private final Issuer issuer =
      new Issuer(
          Scene.ISSUING,
          scene.issuing,
          List.of(scene.root),
          scene.issuingKey,
          Scene.ADDRESSES,
          signing);
  private final KeyPair pair = Csrs.pair(KeyAlgorithm.EC_P256);
  private final IssuedCertificate approver =
      SelfSigned.of(
          pair,
          DistinguishedName.parse("CN=alice"),
          Validity.starting(NOW.minusSeconds(60), Duration.ofDays(1)));
  private final Register register = (signed, said, terms) -> Optional.of(said.person());

  @Test
  void withoutApprovalNothingIsSigned() {
    PreparedCertificate prepared = prepare(1);
    assertThat(refusal(() -> issuer.sign(prepared))).isInstanceOf(Failure.Refused.class);
    Warrant empty = new Warrant(terms(prepared.tbs(), 1), List.of());
    assertThat(refusal(() -> issuer.sign(prepared, empty, register, NOW)))
        .isInstanceOf(Failure.Refused.class);
    assertThat(issuer.sign(prepared, warrant(prepared.tbs(), 1), register, NOW).serial())
        .isEqualTo(prepared.serial());
  }

  @Test
  void anApprovalOfOtherOctetsOrForFewerPersonsIsNone() {
    PreparedCertificate prepared = prepare(2);
    Warrant others = warrant(prepare(2).tbs(), 2);
    assertThat(refusal(() -> issuer.sign(prepared, others, register, NOW)))
        .isInstanceOf(Failure.Refused.class);
    // Whoever made the terms said that one is enough; the promise says two.
    Warrant fewer = warrant(prepared.tbs(), 1);
    assertThat(refusal(() -> issuer.sign(prepared, fewer, register, NOW)))
        .isInstanceOf(Failure.Refused.class);
    assertThat(refusal(() -> issuer.sign(prepared, fewer, register, NOW.plusSeconds(86_400))))
        .isInstanceOf(Failure.Refused.class);
  }

  @Test
  void theNumberIsThatOfThePromiseAndOfItsReservation() {
    assertThat(prepare(2).approvals()).isEqualTo(2);
    PreparedCertificate resumed = issuer.resume(prepare(2).tbs(), 2);
    assertThat(refusal(() -> issuer.sign(resumed))).isInstanceOf(Failure.Refused.class);
  }

  @Test
  void whileHaltedTheTokenIsNotAsked() {
    PreparedCertificate plain = prepare(0);
    PreparedCertificate approved = prepare(1);
    Warrant warrant = warrant(approved.tbs(), 1);
    signing.set(Optional.of(new SigningSwitch.Halt("person:x", NOW, "a drill")));
    assertThat(refusal(() -> issuer.sign(plain))).isInstanceOf(Failure.Unavailable.class);
    assertThat(refusal(() -> issuer.sign(approved, warrant, register, NOW)))
        .isInstanceOf(Failure.Unavailable.class);
    signing.set(Optional.empty());
    assertThat(issuer.sign(plain).serial()).isEqualTo(plain.serial());
    assertThat(issuer.sign(approved, warrant, register, NOW).serial()).isEqualTo(approved.serial());
  }

  private PreparedCertificate prepare(int approvals) {
    Approval approval =
        Scene.approve(approvedBy(approvals), "CN=pay.internal.test", "dns:pay.internal.test");
    return issuer.prepare(approval, SerialNumber.random(new SecureRandom()), NOW);
  }

  private static Profile approvedBy(int approvals) {
    Profile one = Scene.tlsServer();
    return new Profile(
        one.name(),
        one.description(),
        one.issuer(),
        one.audience(),
        one.keys(),
        one.backdate(),
        one.validity(),
        one.longest(),
        one.renewAfter(),
        one.subject(),
        one.names(),
        one.keyUsage(),
        one.extendedKeyUsage(),
        one.status(),
        approvals);
  }

  private static Terms terms(Der tbs, int need) {
    return new Terms(
        UUID.randomUUID(),
        Deed.CERTIFICATE,
        OrganizationId.AUTHORITY,
        ExactBytes.of(tbs.octets()).sha256(),
        need,
        "token:fleet",
        NOW,
        NOW.plusSeconds(3600));
  }

  /** With one person's signature. */
  private Warrant warrant(Der tbs, int need) {
    Terms terms = terms(tbs, need);
    byte[] statement = new Statement(terms, Verdict.APPROVE, "person:alice", "").octets();
    return new Warrant(
        terms,
        List.of(
            new Endorsement(
                Verdict.APPROVE,
                "person:alice",
                "",
                DetachedJws.sign(pair.getPrivate(), approver, statement, NOW))));
  }

  private static Failure refusal(Runnable deed) {
    return catchThrowableOfType(PkiException.class, deed::run).failure();
  }
}
