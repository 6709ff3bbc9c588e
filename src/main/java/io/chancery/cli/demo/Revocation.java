package io.chancery.cli.demo;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An operator revokes; OCSP and CRL say so to openssl. */
final class Revocation {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Stage stage;

  Revocation(Stage stage) {
    this.stage = stage;
  }

  void play(Holder partner) {
    ocsp(partner, "good");
    revoke(partner);
    Answer answer = ocsp(partner, "revoked");
    if (answer.lineWith("keyCompromise").isEmpty()) {
      throw Trouble.of("OCSP does not tell the reason", "look at the answer");
    }
    stage.transcript().ok("OCSP says revoked, when and why, and its signature is good");
    list(partner);
    verify(partner);
  }

  private void revoke(Holder partner) {
    String path = "/v1/certificates/" + partner.serial() + "/revocation";
    Reply revoked = stage.api().post(As.ADMIN, path, "{\"reason\":\"keyCompromise\"}");
    stage
        .transcript()
        .answer(revoked.status() + " " + revoked.word("status") + " " + revoked.word("revokedAt"));
    revoked.mustBe(200);
    stage.transcript().ok("revoked");
  }

  private Answer ocsp(Holder partner, String wanted) {
    Answer answer =
        stage
            .shell()
            .run(
                "openssl",
                "ocsp",
                "-issuer",
                "trust/chain.pem",
                "-cert",
                partner.certificate(),
                "-url",
                stage.addresses().http() + "/ocsp",
                "-CAfile",
                "trust/chain.pem");
    stage.transcript().answer(answer.text());
    answer.orTrouble("see whether the http listener answers");
    boolean verified = answer.lineWith("Response verify OK").isPresent();
    boolean said = answer.lineWith(partner.certificate() + ": " + wanted).isPresent();
    if (!verified || !said) {
      throw Trouble.of("openssl ocsp does not say " + wanted + ", verified", "look at its answer");
    }
    return answer;
  }

  private void list(Holder partner) {
    RevocationLists lists = new RevocationLists(stage);
    List<String> entry =
        new Patience(stage.transcript())
            .until(
                "the CRL shows the revocation",
                LIMIT,
                () ->
                    Optional.of(CrlText.entry(lists.text(), partner.serial()))
                        .filter(found -> !found.isEmpty()));
    lists.fetch();
    stage.transcript().note("$ openssl crl -in " + RevocationLists.ISSUING + " -noout -text");
    entry.forEach(stage.transcript()::answer);
    stage.transcript().ok("the CRL shows it");
  }

  private void verify(Holder partner) {
    Answer answer =
        stage
            .shell()
            .run(
                "openssl",
                "verify",
                "-crl_check",
                "-CRLfile",
                RevocationLists.ISSUING,
                "-CAfile",
                "trust/root.pem",
                "-untrusted",
                "trust/chain.pem",
                partner.certificate());
    stage.transcript().answer(answer.text());
    if (answer.ok() || answer.lineWith("certificate revoked").isEmpty()) {
      throw Trouble.of("openssl verify -crl_check does not say revoked", "look at the CRL");
    }
    stage.transcript().ok("openssl verify -crl_check refuses it");
  }
}
