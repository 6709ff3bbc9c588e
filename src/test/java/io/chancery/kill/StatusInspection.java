package io.chancery.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.x509.Pem;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Set;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** What the service says of certificates: the API to the administrator, OCSP to a validator. */
public final class StatusInspection {
  private static final int MOST_SHOWN = 300;

  private final Victim victim;
  private final X509CertificateHolder issuer;

  public StatusInspection(Victim victim) throws IOException {
    this.victim = victim;
    String chain = Files.readString(victim.data().trust().resolve("chain.pem"));
    this.issuer = new X509CertificateHolder(Pem.decode(Pem.CERTIFICATE, chain).getFirst().octets());
  }

  /** The API shows what clients hold, and whether it was revoked. */
  public void mustShow(Hands hands, Door administrator) {
    hands.held().values().stream()
        .limit(MOST_SHOWN)
        .forEach(
            held -> {
              JsonNode shown =
                  administrator
                      .ask(
                          administrator.request("/v1/certificates/" + held.serial()).build(),
                          Door.FOR_EVER)
                      .orElseThrow();
              assertThat(shown.get("thumbprint").asText()).isEqualTo(held.certificate());
              assertThat(shown.get("status").asText())
                  .isEqualTo(hands.revoked().contains(held.serial()) ? "revoked" : "good");
            });
  }

  public void mustHaveRevoked(Set<String> serials)
      throws IOException, InterruptedException, OCSPException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String serial : serials) {
        HttpResponse<byte[]> answer =
            client.send(request(serial), HttpResponse.BodyHandlers.ofByteArray());
        BasicOCSPResp said = (BasicOCSPResp) new OCSPResp(answer.body()).getResponseObject();
        assertThat(said.getResponses()[0].getCertStatus())
            .as("OCSP's word on %s", serial)
            .isInstanceOf(RevokedStatus.class);
      }
    }
  }

  /** A question about this serial number, to be posted. */
  public HttpRequest request(String serial) throws OCSPException, IOException {
    return HttpRequest.newBuilder(URI.create(victim.http() + "/ocsp"))
        .header("Content-Type", "application/ocsp-request")
        .timeout(Victim.PATIENCE)
        .POST(HttpRequest.BodyPublishers.ofByteArray(question(serial)))
        .build();
  }

  byte[] question(String serial) throws OCSPException, IOException {
    DigestCalculator digest;
    try {
      digest = new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1);
    } catch (OperatorCreationException missing) {
      throw new IllegalStateException(missing);
    }
    return new OCSPReqBuilder()
        .addRequest(new CertificateID(digest, issuer, new BigInteger(serial, 16)))
        .build()
        .getEncoded();
  }
}
