package io.chancery.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyPairs;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The handmade requests are those that another implementation makes. */
class OcspQuestionTest {
  private static final BigInteger SERIAL = new BigInteger(Serials.hex(7), 16);

  @ParameterizedTest
  @ValueSource(strings = {"ec-p256", "ec-p521", "rsa-2048", "ed25519"})
  void anotherImplementationReadsThem(String algorithm) throws Exception {
    X509Certificate issuer = issuer(KeyAlgorithm.parse(algorithm));
    OcspQuestion question = new OcspQuestion(issuer);
    CertificateID id =
        new CertificateID(
            new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
            new JcaX509CertificateHolder(issuer),
            SERIAL);

    String get = new String(question.get(80, SERIAL), StandardCharsets.US_ASCII);
    String path = get.substring("GET /ocsp/".length(), get.indexOf(" HTTP/1.1"));
    OCSPReq read =
        new OCSPReq(Base64.getDecoder().decode(URLDecoder.decode(path, StandardCharsets.US_ASCII)));
    assertThat(read.getRequestList()[0].getCertID()).isEqualTo(id);
    assertThat(read.hasExtensions()).isFalse();

    byte[] nonce = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    OCSPReq fresh = new OCSPReq(body(question.fresh(80, SERIAL, nonce)));
    assertThat(fresh.getRequestList()[0].getCertID()).isEqualTo(id);
    byte[] sent =
        fresh.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce).getExtnValue().getOctets();
    assertThat(Arrays.copyOfRange(sent, 2, sent.length)).isEqualTo(nonce);
  }

  private static byte[] body(byte[] request) {
    String text = new String(request, StandardCharsets.ISO_8859_1);
    int start = text.indexOf("\r\n\r\n") + 4;
    assertThat(text).contains("Content-Length: " + (request.length - start) + "\r\n");
    return Arrays.copyOfRange(request, start, request.length);
  }

  private static X509Certificate issuer(KeyAlgorithm algorithm) throws Exception {
    KeyPair pair = KeyPairs.generate(algorithm);
    KeyPair signer = KeyPairs.generate(KeyAlgorithm.EC_P256);
    var builder =
        new JcaX509v3CertificateBuilder(
            new X500Name("O=Bench, CN=issuer"),
            BigInteger.ONE,
            Date.from(Instant.now()),
            Date.from(Instant.now().plusSeconds(60)),
            new X500Name("O=Bench, CN=issuer"),
            pair.getPublic());
    byte[] der =
        builder
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()))
            .getEncoded();
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }
}
