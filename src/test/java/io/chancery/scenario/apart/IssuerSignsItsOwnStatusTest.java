package io.chancery.scenario.apart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.issuance.Issuers;
import io.chancery.scenario.OcspQuestions;
import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An authority.yaml without responderKey: the issuer answers with its own key. */
@QuarkusTest
@WithTestResource(
    value = World.class,
    initArgs = @ResourceArg(name = World.WITHOUT_RESPONDER, value = "yes"))
class IssuerSignsItsOwnStatusTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path folder;
  @Inject Tenant tenants;
  @Inject Issuers issuers;
  @Inject Book book;

  @Test
  void madeAheadFreshAndRevoked() throws Exception {
    OcspQuestions questions = OcspQuestions.of(issuers);
    Tenant.Holder holder =
        tenants.fresh("dns:internal.test").enrol("tls-client", Csrs.ec("").dns("s.internal.test"));
    BigInteger serial = holder.certificate().serial().value();
    await()
        .atMost(SOON)
        .until(
            () ->
                book.number(
                        "select count(*) from ocsp_answer where serial = ? and responder = ''",
                        holder.serial())
                    == 1);
    for (byte[] question :
        new byte[][] {questions.about(serial), questions.withNonce(new byte[8], serial)}) {
      BasicOCSPResp answer = OcspQuestions.basic(post(question));
      assertThat(answer.getCerts()).isEmpty();
      assertThat(
              answer.isSignatureValid(
                  new JcaContentVerifierProviderBuilder()
                      .build(OcspQuestions.holder(holder.issuer()))))
          .isTrue();
      assertThat(answer.getResponses()[0].getCertStatus()).isNull();
    }
    assertThat(openssl(holder)).contains("Response verify OK", "leaf.pem: good");
    holder.http().post(holder.path() + "/revocation", Map.of("reason", "keyCompromise"));
    assertThat(openssl(holder)).contains("Response verify OK", "leaf.pem: revoked");
    // No certificate of a responder was ever issued.
    assertThat(book.number("select count(*) from certificate where profile = 'ocsp-responder'"))
        .isZero();
    assertThat(book.number("select count(*) from responder")).isZero();
  }

  private String openssl(Tenant.Holder holder) throws Exception {
    Files.writeString(folder.resolve("root.pem"), Http.root().pem());
    Files.writeString(folder.resolve("issuing.pem"), holder.issuer().pem());
    Files.writeString(folder.resolve("leaf.pem"), holder.certificate().pem());
    Process process =
        new ProcessBuilder(
                "openssl",
                "ocsp",
                "-issuer",
                "issuing.pem",
                "-cert",
                "leaf.pem",
                "-CAfile",
                "root.pem",
                "-url",
                "http://127.0.0.1:" + Http.port("http.port") + "/ocsp")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(text).isZero();
    return text;
  }

  private static byte[] post(byte[] question) {
    return Http.plain().post("/ocsp", "application/ocsp-request", question).body();
  }
}
