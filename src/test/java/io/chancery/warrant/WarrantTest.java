package io.chancery.warrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.PkiException;
import io.chancery.testing.Csrs;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.SelfSigned;
import io.chancery.x509.Validity;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever was signed, by whomever: the persons are counted right, and nothing else counts. */
class WarrantTest {
  private static final Instant NOW = Instant.parse("2030-05-01T12:00:00Z");
  private static final ExactBytes EXACT = exact("what is approved");

  private final Map<String, String> persons = new HashMap<>();
  private final Register register =
      (signed, said, terms) ->
          Optional.ofNullable(persons.get(signed.certificate().thumbprint().hex()));

  private record Signer(KeyPair pair, IssuedCertificate certificate) {
    static Signer of(KeyAlgorithm algorithm, Validity validity) {
      KeyPair pair = Csrs.pair(algorithm);
      return new Signer(
          pair, SelfSigned.of(pair, DistinguishedName.parse("CN=somebody"), validity));
    }
  }

  private Signer person(String name) {
    return person(name, KeyAlgorithm.EC_P256);
  }

  private Signer person(String name, KeyAlgorithm algorithm) {
    Signer signer =
        Signer.of(algorithm, Validity.starting(NOW.minusSeconds(3600), Duration.ofDays(30)));
    persons.put(signer.certificate().thumbprint().hex(), name);
    return signer;
  }

  private static ExactBytes exact(String text) {
    return ExactBytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Terms terms(int need) {
    return terms(need, Deed.CERTIFICATE);
  }

  private static Terms terms(int need, Deed deed) {
    return new Terms(
        UUID.randomUUID(),
        deed,
        OrganizationId.AUTHORITY,
        EXACT.sha256(),
        need,
        "person:proposer",
        NOW,
        NOW.plus(Duration.ofDays(1)));
  }

  private static Endorsement word(Signer signer, Terms terms, String person) {
    return word(signer, terms, person, Verdict.APPROVE, NOW.plusSeconds(60));
  }

  private static Endorsement word(
      Signer signer, Terms terms, String person, Verdict verdict, Instant at) {
    byte[] statement = new Statement(terms, verdict, person, "").octets();
    return new Endorsement(
        verdict,
        person,
        "",
        DetachedJws.sign(signer.pair().getPrivate(), signer.certificate(), statement, at));
  }

  private void covers(Warrant warrant, int need) {
    warrant.mustCover(warrant.terms().deed(), EXACT, need, register, NOW.plus(Duration.ofHours(1)));
  }

  private void refuses(Warrant warrant, int need) {
    assertThatThrownBy(() -> covers(warrant, need))
        .isInstanceOfSatisfying(
            PkiException.class,
            refused -> assertThat(refused.failure()).isInstanceOf(Failure.Refused.class));
  }

  @Test
  void everyAllowedKindOfKeySigns() {
    Terms terms = terms(4);
    List<Endorsement> words =
        Stream.of(
                KeyAlgorithm.EC_P256,
                KeyAlgorithm.EC_P384,
                KeyAlgorithm.rsa(2048),
                KeyAlgorithm.ED25519)
            .map(kind -> word(person(kind.toString(), kind), terms, kind.toString()))
            .toList();
    covers(new Warrant(terms, words), 4);
    refuses(new Warrant(terms, words.subList(0, 3)), 4);
  }

  @Test
  void personsAreCountedAndNotCertificates() {
    Terms terms = terms(2);
    Endorsement first = word(person("alice"), terms, "alice");
    Endorsement second = word(person("alice"), terms, "alice");
    refuses(new Warrant(terms, List.of(first, first)), 2);
    refuses(new Warrant(terms, List.of(first, second)), 2);
    covers(new Warrant(terms, List.of(first, second, word(person("bob"), terms, "bob"))), 2);
  }

  @Test
  void nobodySignsForSomebodyElse() {
    Terms terms = terms(1);
    refuses(new Warrant(terms, List.of(word(person("alice"), terms, "bob"))), 1);
    Endorsement alices = word(person("alice"), terms, "alice");
    refuses(
        new Warrant(terms, List.of(new Endorsement(Verdict.APPROVE, "bob", "", alices.jws()))), 1);
  }

  @Test
  void theProposerDoesNotApprove() {
    Terms terms = terms(1);
    refuses(
        new Warrant(terms, List.of(word(person("person:proposer"), terms, "person:proposer"))), 1);
  }

  @Test
  void aStrangersCertificateIsNobodys() {
    Terms terms = terms(1);
    Signer stranger = Signer.of(KeyAlgorithm.EC_P256, Validity.starting(NOW, Duration.ofDays(1)));
    refuses(new Warrant(terms, List.of(word(stranger, terms, "alice"))), 1);
  }

  @Test
  void everyPartOfTheTermsIsSigned() {
    Terms terms = terms(1);
    Endorsement word = word(person("alice"), terms, "alice");
    covers(new Warrant(terms, List.of(word)), 1);
    OrganizationId other = new OrganizationId("other");
    for (Terms changed :
        List.of(
            with(terms, UUID.randomUUID(), terms.deed(), other(), 1, terms.proposer(), 0),
            with(terms, terms.proposal(), Deed.ISSUER, terms.organization(), 1, "p", 0),
            with(terms, terms.proposal(), terms.deed(), other, 1, terms.proposer(), 0),
            with(terms, terms.proposal(), terms.deed(), terms.organization(), 0, "p", 0),
            with(terms, terms.proposal(), terms.deed(), terms.organization(), 1, "nobody", 0),
            with(
                terms,
                terms.proposal(),
                terms.deed(),
                terms.organization(),
                1,
                terms.proposer(),
                60))) {
      refuses(new Warrant(changed, List.of(word)), 1);
    }
  }

  private static OrganizationId other() {
    return OrganizationId.AUTHORITY;
  }

  private static Terms with(
      Terms terms,
      UUID id,
      Deed deed,
      OrganizationId organization,
      int need,
      String proposer,
      int longer) {
    return new Terms(
        id,
        deed,
        organization,
        terms.sha256(),
        need,
        proposer,
        terms.proposed(),
        terms.expires().plusSeconds(longer));
  }

  @Test
  void otherOctetsOrAnotherDeedAreNotCovered() {
    Terms terms = terms(1);
    Warrant warrant = new Warrant(terms, List.of(word(person("alice"), terms, "alice")));
    byte[] octets = EXACT.octets();
    for (int bit = 0; bit < octets.length * 8; bit++) {
      byte[] changed = octets.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatThrownBy(
              () ->
                  warrant.mustCover(
                      Deed.CERTIFICATE, ExactBytes.of(changed), 1, register, NOW.plusSeconds(90)))
          .isInstanceOf(PkiException.class);
    }
    assertThatThrownBy(
            () -> warrant.mustCover(Deed.ISSUER, EXACT, 1, register, NOW.plusSeconds(90)))
        .isInstanceOf(PkiException.class);
  }

  @Test
  void theTimeLimitHoldsForSigningAndForDoing() {
    Terms terms = terms(1);
    Signer alice = person("alice");
    Instant end = terms.expires();
    Warrant inTime = new Warrant(terms, List.of(word(alice, terms, "alice", Verdict.APPROVE, end)));
    assertThatCode(() -> inTime.mustCover(Deed.CERTIFICATE, EXACT, 1, register, end))
        .doesNotThrowAnyException();
    assertThatThrownBy(
            () -> inTime.mustCover(Deed.CERTIFICATE, EXACT, 1, register, end.plusSeconds(1)))
        .isInstanceOf(PkiException.class);
    for (Instant wrong : List.of(end.plusSeconds(1), NOW.minus(Warrant.SKEW).minusSeconds(1))) {
      refuses(new Warrant(terms, List.of(word(alice, terms, "alice", Verdict.APPROVE, wrong))), 1);
    }
  }

  @Test
  void aCertificateThatWasNotValidThenDoesNotCount() {
    Terms terms = terms(1);
    Signer early =
        Signer.of(
            KeyAlgorithm.EC_P256, Validity.starting(NOW.plusSeconds(3600), Duration.ofDays(1)));
    persons.put(early.certificate().thumbprint().hex(), "alice");
    refuses(new Warrant(terms, List.of(word(early, terms, "alice"))), 1);
  }

  @Test
  void oneMayBreakTheGlassWhereTheDeedAllowsIt() {
    Terms terms = terms(3);
    Endorsement alone =
        word(person("alice"), terms, "alice", Verdict.BREAK_GLASS, NOW.plusSeconds(9));
    covers(new Warrant(terms, List.of(alone)), 3);
    for (Deed deed : List.of(Deed.SIGNING_RESUMPTION, Deed.POLICY, Deed.ROLES)) {
      Terms never = terms(2, deed);
      Endorsement word =
          word(person("alice"), never, "alice", Verdict.BREAK_GLASS, NOW.plusSeconds(9));
      refuses(new Warrant(never, List.of(word)), 2);
    }
    Endorsement seen = word(person("alice"), terms, "alice", Verdict.REVIEW, NOW.plusSeconds(9));
    refuses(new Warrant(terms, List.of(seen)), 1);
  }

  /** Any mixture of good and bad words: exactly the good persons count. */
  @Test
  void anyMixtureIsCountedRight() {
    Random random = new Random(20_300_501);
    List<Signer> signers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      signers.add(person("person:" + i % 4)); // two have two certificates
    }
    Terms other = terms(1);
    for (int round = 0; round < 40; round++) {
      Terms terms = terms(1 + random.nextInt(4));
      Set<String> good = new TreeSet<>();
      List<Endorsement> words = new ArrayList<>();
      int many = random.nextInt(6);
      for (int i = 0; i < many; i++) {
        int who = random.nextInt(signers.size());
        String name = "person:" + who % 4;
        switch (random.nextInt(4)) {
          case 0 -> words.add(word(signers.get(who), other, name)); // replayed
          case 1 -> words.add(word(signers.get(who), terms, "person:" + (who + 1) % 4));
          case 2 -> words.add(broken(word(signers.get(who), terms, name), random));
          default -> {
            words.add(word(signers.get(who), terms, name));
            good.add(name);
          }
        }
      }
      Warrant warrant = new Warrant(terms, words);
      assertThat(warrant.worth(register).persons()).isEqualTo(good);
      assertThat(warrant.isEnough(0, register)).isEqualTo(good.size() >= terms.need());
    }
  }

  private static Endorsement broken(Endorsement word, Random random) {
    char[] text = word.jws().toCharArray();
    int at = random.nextInt(text.length - 2);
    text[at] = text[at] == 'A' ? 'B' : 'A';
    return new Endorsement(word.verdict(), word.person(), word.comment(), new String(text));
  }

  @Test
  void hostileSignaturesAreRefusedByType() {
    Terms terms = terms(1);
    byte[] statement = new Statement(terms, Verdict.APPROVE, "alice", "").octets();
    String good = word(person("alice"), terms, "alice").jws();
    String signature = good.substring(good.lastIndexOf('.') + 1);
    for (String text :
        List.of(
            "",
            "..",
            "a.b.c",
            good.replace("..", "." + "eyJ9" + "."),
            good + "=",
            url("{\"alg\":\"none\"}") + ".." + signature,
            url("{\"alg\":\"HS256\",\"typ\":\"chancery-statement+jws\"}") + ".." + signature,
            url("[]") + ".." + signature,
            url("{") + ".." + signature,
            good.substring(0, good.length() - 8),
            "x".repeat(20_000) + ".." + signature)) {
      PkiException refused =
          catchThrowableOfType(PkiException.class, () -> DetachedJws.verify(text, statement));
      assertThat(refused).as(text).isNotNull();
      assertThat(refused.failure())
          .isInstanceOfAny(Failure.Malformed.class, Failure.TooLarge.class);
    }
    assertThat(DetachedJws.verify(good, statement).at()).isEqualTo(NOW.plusSeconds(60));
  }

  private static String url(String text) {
    return java.util.Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
