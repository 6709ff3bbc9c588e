package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.chancery.x509.Der;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.JavaCertificates;
import io.chancery.x509.KeyAlgorithm;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who comes with a certificate has proved, before the first octet of a request is read, that it is
 * one of this authority's (RFC 5280 s6.1.3) and that the key is there (RFC 8446 s4.4.3, RFC 5246
 * s7.4.8).
 */
@QuarkusTest
@WithTestResource(World.class)
class ClientProofTest {
  @Inject Tenant tenants;

  @ParameterizedTest
  @CsvSource({
    "ec-p256, TLSv1.3",
    "ec-p384, TLSv1.3",
    "ed25519, TLSv1.3",
    "rsa-2048, TLSv1.3",
    "ec-p256, TLSv1.2",
    "ec-p384, TLSv1.2",
    "rsa-2048, TLSv1.2"
  })
  void theHolderIsLetIn(String keys, String version) throws Exception {
    Tenant.Holder holder = holder(KeyAlgorithm.parse(keys));

    assertThat(ask(holder.pair().getPrivate(), holder.certificate(), holder, version))
        .startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @CsvSource({"ec-p256, TLSv1.3", "ec-p384, TLSv1.3", "ec-p256, TLSv1.2", "ec-p384, TLSv1.2"})
  void whoDoesNotHoldTheKeyIsNot(String keys, String version) {
    KeyAlgorithm algorithm = KeyAlgorithm.parse(keys);
    Tenant.Holder holder = holder(algorithm);
    PrivateKey another = Csrs.pair(algorithm).getPrivate();

    refused(another, holder.certificate(), holder, version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void whoseCertificateTheIssuerDidNotSignIsNot(String version) throws Exception {
    Tenant.Holder holder = holder(KeyAlgorithm.EC_P256);
    byte[] genuine = signature(holder.certificate());
    byte[] bent = genuine.clone();
    bent[bent.length - 1] ^= 1;
    PrivateKey key = holder.pair().getPrivate();

    for (byte[] other : List.of(bent, new byte[0], byAnother(holder.certificate()))) {
      refused(key, signed(holder.certificate(), other), holder, version);
    }
    assertThat(ask(key, signed(holder.certificate(), genuine), holder, version))
        .startsWith("HTTP/1.1 200 ");
  }

  private static void refused(
      PrivateKey key, IssuedCertificate shown, Tenant.Holder holder, String version) {
    assertThatThrownBy(() -> ask(key, shown, holder, version)).isInstanceOf(IOException.class);
  }

  private Tenant.Holder holder(KeyAlgorithm algorithm) {
    return tenants
        .fresh("dns:internal.test")
        .enrol("tls-client", Csrs.of(algorithm, "").dns("a.internal.test"));
  }

  /** The answer's first line. */
  private static String ask(
      PrivateKey key, IssuedCertificate shown, Tenant.Holder holder, String version)
      throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            Http.tls(key, List.of(shown, holder.issuer()))
                .getSocketFactory()
                .createSocket("localhost", Http.port("http.ssl-port"))) {
      socket.setSoTimeout(20_000);
      socket.setEnabledProtocols(new String[] {version});
      socket.startHandshake();
      assertThat(socket.getSession().getLocalCertificates()).isNotEmpty();
      socket
          .getOutputStream()
          .write(
              "GET /v1/certificates HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return answer.lines().findFirst().orElseThrow(() -> new IOException("no answer"));
    }
  }

  private static byte[] signature(IssuedCertificate certificate) throws Exception {
    X509Certificate read = JavaCertificates.of(certificate);
    return read.getSignature();
  }

  /** By a key that the issuer does not have, over what the issuer signed. */
  private static byte[] byAnother(IssuedCertificate certificate) throws Exception {
    Signature signing = Signature.getInstance("SHA256withECDSA");
    signing.initSign(Csrs.pair(KeyAlgorithm.EC_P256).getPrivate());
    signing.update(parts(certificate).getObjectAt(0).toASN1Primitive().getEncoded());
    return signing.sign();
  }

  private static IssuedCertificate signed(IssuedCertificate certificate, byte[] signature)
      throws IOException {
    ASN1Sequence parts = parts(certificate);
    return IssuedCertificate.parse(
        Der.of(
            new DERSequence(
                    new ASN1Encodable[] {
                      parts.getObjectAt(0), parts.getObjectAt(1), new DERBitString(signature)
                    })
                .getEncoded(ASN1Encoding.DER)));
  }

  private static ASN1Sequence parts(IssuedCertificate certificate) {
    return ASN1Sequence.getInstance(certificate.der().octets());
  }
}
