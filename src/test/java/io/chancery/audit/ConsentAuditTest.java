package io.chancery.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.OrganizationId;
import io.chancery.audit.book.TakesApproval;
import io.chancery.audit.report.Finding;
import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
import io.chancery.audit.report.Place;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.testing.Csrs;
import io.chancery.warrant.Deed;
import io.chancery.warrant.DetachedJws;
import io.chancery.warrant.ExactBytes;
import io.chancery.warrant.Statement;
import io.chancery.warrant.Terms;
import io.chancery.warrant.Verdict;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.SelfSigned;
import io.chancery.x509.Validity;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The auditor reads who had approved what from the roll, and believes nothing else. */
class ConsentAuditTest {
  private static final Instant NOW = Instant.parse("2030-05-01T12:00:00Z");
  private static final ExactBytes EXACT = ExactBytes.of(new byte[] {1, 2, 3});
  private static final OrganizationId ACME = new OrganizationId("acme");

  private final Findings findings = new Findings(100);
  private final ConsentAudit audit = new ConsentAudit(findings);
  private final Map<String, Signer> signers = new HashMap<>();
  private long next;

  private record Signer(KeyPair pair, IssuedCertificate certificate) {}

  private final Terms terms = terms(Deed.CERTIFICATE, 2);

  private static Terms terms(Deed deed, int need) {
    return new Terms(
        UUID.randomUUID(),
        deed,
        ACME,
        EXACT.sha256(),
        need,
        "token:fleet",
        NOW,
        NOW.plus(Duration.ofDays(1)));
  }

  @Test
  void enoughGoodSignaturesAreNoFinding() {
    person("alice", "APPROVER");
    person("bob", "APPROVER");
    propose(terms);
    say("alice", terms, Verdict.APPROVE);
    say("bob", terms, Verdict.APPROVE);
    carryOut(terms);
    audit.mustCover(new TakesApproval("7777", 2, EXACT.sha256().hex(), place()));
    assertThat(found()).isEmpty();
  }

  @Test
  void tooFewAreNamed() {
    person("alice", "APPROVER");
    propose(terms);
    say("alice", terms, Verdict.APPROVE);
    carryOut(terms);
    only(FindingKind.NOT_APPROVED, "without 2 good signatures");
  }

  @Test
  void aTamperedSignatureCountsForNobody() {
    person("alice", "APPROVER");
    person("bob", "APPROVER");
    propose(terms);
    say("alice", terms, Verdict.APPROVE);
    String good = jws("bob", terms, Verdict.APPROVE);
    char swapped = good.charAt(good.length() - 9) == 'A' ? 'B' : 'A';
    say(
        "bob",
        terms,
        Verdict.APPROVE,
        good.substring(0, good.length() - 9) + swapped + good.substring(good.length() - 8));
    assertThat(found()).hasSize(1);
    carryOut(terms);
    assertThat(found())
        .hasSize(2)
        .allMatch(one -> one.kind() == FindingKind.NOT_APPROVED)
        .anyMatch(one -> one.what().contains("not over these terms"));
  }

  @Test
  void aSignatureForAnotherProposalIsNamed() {
    person("alice", "APPROVER");
    Terms other = terms(Deed.CERTIFICATE, 1);
    propose(terms);
    say("alice", terms, Verdict.APPROVE, jws("alice", other, Verdict.APPROVE));
    only(FindingKind.NOT_APPROVED, "not over these terms");
  }

  @Test
  void whoCouldNotApproveAtThatPlaceIsNamed() {
    person("alice", "OPERATOR");
    propose(terms);
    say("alice", terms, Verdict.APPROVE);
    only(FindingKind.NOT_APPROVED, "may not say this");
    // The role comes too late for what was said, and holds for what is said from then on.
    person("alice", "APPROVER");
    say("alice", terms, Verdict.APPROVE);
    assertThat(found()).hasSize(1);
  }

  @Test
  void anothersCertificateIsNamed() {
    person("alice", "APPROVER");
    person("bob", "APPROVER");
    propose(terms);
    byte[] claims = new Statement(terms, Verdict.APPROVE, "person:bob", "").octets();
    Signer alice = signer("alice");
    say(
        "bob",
        terms,
        Verdict.APPROVE,
        DetachedJws.sign(alice.pair().getPrivate(), alice.certificate(), claims, NOW));
    only(FindingKind.NOT_APPROVED, "may not say this");
  }

  @Test
  void otherOctetsUnderAGoodApprovalAreNamed() {
    person("alice", "APPROVER");
    person("bob", "APPROVER");
    propose(terms);
    say("alice", terms, Verdict.APPROVE);
    say("bob", terms, Verdict.APPROVE);
    carryOut(terms);
    audit.mustCover(new TakesApproval("7777", 2, "ab".repeat(32), place()));
    only(FindingKind.NOT_APPROVED, "other octets");
  }

  @Test
  void aCertificateThatNobodyWasAskedAboutIsNamed() {
    audit.mustCover(new TakesApproval("8888", 1, EXACT.sha256().hex(), place()));
    only(FindingKind.NOT_APPROVED, "nobody was asked");
  }

  @Test
  void theGlassIsBrokenOnceUntilItIsReviewed() {
    person("alice", "OPERATOR APPROVER");
    person("bob", "APPROVER");
    List<Terms> three =
        List.of(terms(Deed.CERTIFICATE, 2), terms(Deed.CERTIFICATE, 2), terms(Deed.CERTIFICATE, 2));
    three.forEach(this::propose);
    say("alice", three.get(0), Verdict.BREAK_GLASS);
    carryOut(three.get(0));
    say("bob", three.get(0), Verdict.REVIEW);
    say("alice", three.get(1), Verdict.BREAK_GLASS);
    carryOut(three.get(1));
    assertThat(found()).isEmpty();
    say("alice", three.get(2), Verdict.BREAK_GLASS);
    only(FindingKind.NOT_APPROVED, "before anyone had reviewed");
  }

  @Test
  void whoeverBrokeTheGlassDoesNotReviewIt() {
    person("alice", "OPERATOR APPROVER");
    propose(terms);
    say("alice", terms, Verdict.BREAK_GLASS);
    say("alice", terms, Verdict.REVIEW);
    only(FindingKind.NOT_APPROVED, "reviewed it alone");
  }

  @Test
  void octetsThatAreNotThoseOfTheHashAreNamed() {
    see(
        EventKind.PROPOSED,
        terms,
        "token:fleet",
        proposed(terms, Event.octets(new byte[] {1, 2, 4})));
    only(FindingKind.CONSENT_DIFFERS, "not those whose hash");
  }

  @Test
  void whatNobodyProposedAndWhatIsClosedTwiceIsNamed() {
    carryOut(terms);
    only(FindingKind.CONSENT_DIFFERS, "nobody proposed");
    Terms one = terms(Deed.CERTIFICATE, 1);
    person("alice", "APPROVER");
    propose(one);
    say("alice", one, Verdict.APPROVE);
    carryOut(one);
    carryOut(one);
    assertThat(found()).hasSize(2).anyMatch(found -> found.what().contains("closed before"));
  }

  private void person(String name, String roles) {
    Map<String, String> facts = new HashMap<>();
    facts.put("human", "true");
    facts.put("disabled", "");
    facts.put("actsForAll", "true");
    facts.put("organization", "acme");
    facts.put("roles", roles);
    facts.put("identities", "certificate - " + signer(name).certificate().thumbprint().hex());
    audit.see(place(), new Event(NOW, EventKind.PERSON_CHANGED, "person:admin", ACME, name, facts));
  }

  private Signer signer(String name) {
    return signers.computeIfAbsent(
        name,
        any -> {
          KeyPair pair = Csrs.pair(KeyAlgorithm.EC_P256);
          return new Signer(
              pair,
              SelfSigned.of(
                  pair,
                  DistinguishedName.parse("CN=" + name),
                  Validity.starting(NOW.minusSeconds(60), Duration.ofDays(30))));
        });
  }

  private void propose(Terms one) {
    see(EventKind.PROPOSED, one, one.proposer(), proposed(one, Event.octets(EXACT.octets())));
  }

  private static Map<String, String> proposed(Terms one, String exact) {
    Map<String, String> facts = new HashMap<>();
    facts.put("deed", one.deed().name());
    facts.put("about", "7777");
    facts.put("sha256", one.sha256().hex());
    facts.put("need", String.valueOf(one.need()));
    facts.put("proposer", one.proposer());
    facts.put("proposed", one.proposed().toString());
    facts.put("expires", one.expires().toString());
    facts.put("exact", exact);
    return facts;
  }

  private void say(String name, Terms one, Verdict verdict) {
    say(name, one, verdict, jws(name, one, verdict));
  }

  private String jws(String name, Terms one, Verdict verdict) {
    Signer signer = signer(name);
    return DetachedJws.sign(
        signer.pair().getPrivate(),
        signer.certificate(),
        new Statement(one, verdict, "person:" + name, "").octets(),
        NOW);
  }

  private void say(String name, Terms one, Verdict verdict, String jws) {
    EventKind kind =
        switch (verdict) {
          case APPROVE -> EventKind.ENDORSED;
          case BREAK_GLASS -> EventKind.GLASS_BROKEN;
          case REVIEW -> EventKind.GLASS_REVIEWED;
        };
    see(kind, one, "person:" + name, Map.of("person", "person:" + name, "comment", "", "jws", jws));
  }

  private void carryOut(Terms one) {
    see(
        EventKind.CARRIED_OUT,
        one,
        "authority:approval",
        Map.of("sha256", one.sha256().hex(), "outcome", "done"));
  }

  private void see(EventKind kind, Terms one, String actor, Map<String, String> facts) {
    audit.see(place(), new Event(NOW, kind, actor, ACME, one.proposal().toString(), facts));
  }

  private Place place() {
    return new Place(next++, next);
  }

  private List<Finding> found() {
    return new ArrayList<>(findings.top());
  }

  private void only(FindingKind kind, String words) {
    assertThat(found()).hasSize(1);
    assertThat(found().getFirst().kind()).isEqualTo(kind);
    assertThat(found().getFirst().what()).contains(words);
  }
}
