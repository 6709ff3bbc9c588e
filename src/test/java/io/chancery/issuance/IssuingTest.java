package io.chancery.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.hsm.SigningKey;
import io.chancery.issuance.der.SignedDer;
import io.chancery.profile.Approval;
import io.chancery.profile.Approvals;
import io.chancery.testing.MemoryKey;
import io.chancery.warrant.SigningSwitch;
import io.chancery.x509.Der;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyId;
import io.chancery.x509.SubjectPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From an approval to a certificate: prepared, signed once, resumed, and never past its issuer. */
class IssuingTest {
  private final Scene scene = new Scene();
  private final Issuer issuer = scene.issuer;

  @Test
  void whatWasPreparedIsWhatIsSigned() {
    PreparedCertificate prepared = issuer.prepare(Scene.server(), Scene.SERIAL, Scene.NOW);
    IssuedCertificate issued = issuer.sign(prepared);

    assertThat(issued.serial()).isEqualTo(Scene.SERIAL).isEqualTo(prepared.serial());
    assertThat(issued.validity()).isEqualTo(prepared.validity());
    assertThat(Der.of(SignedDer.body(issued.der().octets()))).isEqualTo(prepared.tbs());
    assertThat(prepared.issuer()).isEqualTo(Scene.ISSUING);
    assertThat(CaCertificate.of(issued).isSignedBy(CaCertificate.of(scene.issuing))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ec-p256", "ec-p384", "rsa-2048", "ed25519"})
  void issuersOfEveryFamilySign(String algorithm) {
    SigningKey key = MemoryKey.generate(KeyAlgorithm.parse(algorithm));
    Scene other = new Scene(MemoryKey.named("root"), key, NameConstraints.NONE);

    IssuedCertificate issued = other.issue(Scene.server());

    assertThat(CaCertificate.of(issued).isSignedBy(CaCertificate.of(other.issuing))).isTrue();
  }

  @Test
  void lengthCountsBothEndsAndBeginsBackdated() {
    var validity = issuer.prepare(Scene.server(), Scene.SERIAL, Scene.NOW).validity();

    assertThat(validity.notBefore()).isEqualTo("2030-01-02T02:59:05Z");
    assertThat(validity.length()).isEqualTo(Duration.ofDays(90));
  }

  @Test
  void aCertificateNeverOutlivesItsIssuer() {
    Instant late = Scene.ISSUING_VALIDITY.notAfter().minus(Duration.ofDays(10));
    var validity = issuer.prepare(Scene.server(), Scene.SERIAL, late).validity();

    assertThat(validity.notAfter()).isEqualTo(Scene.ISSUING_VALIDITY.notAfter());
  }

  @Test
  void aCertificateNeverBeginsBeforeItsIssuer() {
    Instant early = Scene.ISSUING_VALIDITY.notBefore().plusSeconds(10);
    var validity = issuer.prepare(Scene.server(), Scene.SERIAL, early).validity();

    assertThat(validity.notBefore()).isEqualTo(Scene.ISSUING_VALIDITY.notBefore());
  }

  @Test
  void anExpiredIssuerIssuesNothing() {
    Instant after = Scene.ISSUING_VALIDITY.notAfter().plusSeconds(1);
    Failure failure = failure(() -> issuer.prepare(Scene.server(), Scene.SERIAL, after));

    assertThat(failure).isInstanceOf(Failure.Conflict.class);
  }

  @Test
  void aPromiseIsRedeemedOnce() {
    PreparedCertificate prepared = issuer.prepare(Scene.server(), Scene.SERIAL, Scene.NOW);
    issuer.sign(prepared);

    assertThatIllegalStateException().isThrownBy(() -> issuer.sign(prepared));
  }

  @Test
  void aPromiseIsRedeemedByItsIssuerOnly() {
    PreparedCertificate prepared = issuer.prepare(Scene.server(), Scene.SERIAL, Scene.NOW);

    assertThatIllegalStateException().isThrownBy(() -> new Scene().issuer.sign(prepared));
  }

  @Test
  void aReservationIsResumedWithTheSameBytes() {
    PreparedCertificate prepared = issuer.prepare(Scene.server(), Scene.SERIAL, Scene.NOW);
    PreparedCertificate resumed = issuer.resume(prepared.tbs(), 0);

    assertThat(resumed.tbs()).isEqualTo(prepared.tbs());
    assertThat(resumed.serial()).isEqualTo(Scene.SERIAL);
    assertThat(resumed.validity()).isEqualTo(prepared.validity());
    assertThat(Der.of(SignedDer.body(issuer.sign(resumed).der().octets())))
        .isEqualTo(prepared.tbs());
  }

  @Test
  void aReservationOfAnotherIssuerIsAConflict() {
    Der tbs = issuer.prepare(Scene.server(), Scene.SERIAL, Scene.NOW).tbs();
    var other =
        new Issuer(
            Scene.ISSUING,
            scene.root,
            List.of(),
            scene.rootKey,
            Scene.ADDRESSES,
            new SigningSwitch());

    assertThat(failure(() -> other.resume(tbs, 0))).isInstanceOf(Failure.Conflict.class);
  }

  @Test
  void aReservationThatIsNoCertificateIsMalformed() {
    assertThat(failure(() -> issuer.resume(Der.of(new byte[] {0x30, 0x00}), 0)))
        .isInstanceOf(Failure.Malformed.class);
    assertThat(failure(() -> issuer.resume(Der.of(new byte[] {1, 2, 3}), 0)))
        .isInstanceOf(Failure.Malformed.class);
    assertThat(failure(() -> issuer.resume(Der.of(new byte[0]), 0)))
        .isInstanceOf(Failure.Malformed.class);
  }

  @Test
  void everyFlippedOctetOfAReservationIsATypedFailureOrStaysLinted() {
    byte[] tbs = issuer.prepare(Scene.server(), Scene.SERIAL, Scene.NOW).tbs().octets();
    for (int i = 0; i < tbs.length; i++) {
      byte[] flipped = tbs.clone();
      flipped[i] ^= (byte) (1 << (i % 8));
      try {
        issuer.resume(Der.of(flipped), 0);
      } catch (PkiException typed) {
        assertThat(typed.failure())
            .isInstanceOfAny(
                Failure.Malformed.class, Failure.Conflict.class, Failure.LintFailed.class);
      }
    }
  }

  @Test
  void aTokenThatAnswersGarbageBreaksItsPromise() {
    SigningKey lying = new LyingKey(scene.issuingKey);
    Issuer broken =
        new Issuer(
            Scene.ISSUING,
            scene.issuing,
            List.of(scene.root),
            lying,
            Scene.ADDRESSES,
            new SigningSwitch());
    PreparedCertificate prepared = broken.prepare(Scene.server(), Scene.SERIAL, Scene.NOW);

    assertThat(failure(() -> broken.sign(prepared))).isInstanceOf(Failure.BrokenPromise.class);
  }

  @Test
  void aKeyThatIsNotTheCertificatesIsRefused() {
    SigningKey foreign = MemoryKey.named("foreign");

    assertThat(
            failure(
                () ->
                    new Issuer(
                        Scene.ISSUING,
                        scene.issuing,
                        List.of(),
                        foreign,
                        Scene.ADDRESSES,
                        new SigningSwitch())))
        .isInstanceOf(Failure.Misconfigured.class);
  }

  @Test
  void whatBreaksARuleIsRefusedWithTheRulesName() {
    Approval nameless =
        Approvals.of(
            Scene.tlsServer(),
            DistinguishedName.EMPTY,
            List.of(),
            Scene.leafKey(),
            Duration.ofDays(1));

    Failure failure = failure(() -> issuer.prepare(nameless, Scene.SERIAL, Scene.NOW));

    assertThat(failure)
        .isInstanceOfSatisfying(
            Failure.LintFailed.class,
            lint ->
                assertThat(lint.findings())
                    .extracting(Failure.LintFailed.Finding::rule)
                    .containsExactly("subject-or-critical-san", "san-present"));
  }

  @Test
  void thePreviewTellsEveryRuleAndThrowsNothing() {
    Examination sound = issuer.examine(Scene.server(), Scene.SERIAL, Scene.NOW);
    Examination broken =
        issuer.examine(Scene.approve(Scene.tlsServer(), ""), Scene.SERIAL, Scene.NOW);

    assertThat(sound.passed()).isTrue();
    assertThat(sound.results()).hasSize(Lints.ofEndEntity().size());
    assertThat(sound.tbs())
        .isEqualTo(issuer.prepare(Scene.server(), Scene.SERIAL, Scene.NOW).tbs());
    assertThat(broken.passed()).isFalse();
  }

  @Test
  void anIssuerKeepsToItsNameConstraints() {
    Scene bound =
        new Scene(
            MemoryKey.named("root"),
            MemoryKey.named("issuing"),
            new NameConstraints(
                List.of("internal.test"),
                List.of("secret.internal.test"),
                List.of("10.0.0.0/8"),
                List.of()));

    assertThat(bound.issue(Scene.server()).names()).hasSize(2);
    for (String outside :
        List.of(
            "dns:pay.example.test",
            "dns:a.secret.internal.test",
            "dns:*.internal.test",
            "ip:192.0.2.1")) {
      Failure failure =
          failure(() -> bound.issue(Scene.approve(Scene.tlsServer(), "CN=x", outside)));
      assertThat(failure)
          .describedAs(outside)
          .isInstanceOfSatisfying(
              Failure.LintFailed.class,
              lint ->
                  assertThat(lint.findings())
                      .extracting(Failure.LintFailed.Finding::rule)
                      .containsExactly("name-constraints-hold"));
    }
  }

  private static Failure failure(ThrowingCallable deed) {
    return catchThrowableOfType(PkiException.class, deed).failure();
  }

  /** Signs something else than it was asked to. */
  private record LyingKey(SigningKey honest) implements SigningKey {
    @Override
    public KeyId id() {
      return honest.id();
    }

    @Override
    public SubjectPublicKey publicKey() {
      return honest.publicKey();
    }

    @Override
    public byte[] sign(byte[] message) {
      return honest.sign(new byte[] {1});
    }
  }
}
