package io.chancery.cli;

import io.chancery.x509.Csr;
import io.chancery.x509.Der;
import io.chancery.x509.GeneralNameText;
import io.chancery.x509.KeyPairs;
import io.chancery.x509.Pem;
import io.chancery.x509.SubjectAltName;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The other side of the client commands: just enough of an authority to answer them. */
final class TestAuthority {
  private static final Instant NOON = Instant.now().truncatedTo(ChronoUnit.HOURS);

  private final KeyPair key = KeyPairs.generate(io.chancery.x509.KeyAlgorithm.EC_P256);
  private long serial = 0xa0;
  final X509Certificate root;

  TestAuthority() throws Exception {
    root = certify(key.getPublic(), new X500Name("CN=test root"), List.of(), true);
  }

  X509Certificate issue(String csrPem) throws Exception {
    Csr csr = Csr.parse(csrPem.getBytes());
    PublicKey requested =
        KeyFactory.getInstance("EC")
            .generatePublic(new X509EncodedKeySpec(csr.key().info().octets()));
    return certify(requested, csr.subject().toX500Name(), csr.names(), false);
  }

  Identity identity(String name) throws Exception {
    KeyPair own = KeyPairs.generate(io.chancery.x509.KeyAlgorithm.EC_P256);
    return new Identity(
        List.of(
            certify(
                own.getPublic(),
                new X500Name("CN=test"),
                List.of(SubjectAltName.parse(name)),
                false)),
        own.getPrivate());
  }

  static String pem(X509Certificate certificate) throws Exception {
    return Pem.encode(Pem.CERTIFICATE, Der.of(certificate.getEncoded()));
  }

  private X509Certificate certify(
      PublicKey of, X500Name subject, List<SubjectAltName> names, boolean authority)
      throws Exception {
    var builder =
        new JcaX509v3CertificateBuilder(
            new X500Name("CN=test root"),
            BigInteger.valueOf(serial++),
            Date.from(NOON.minus(1, ChronoUnit.DAYS)),
            Date.from(NOON.plus(30, ChronoUnit.DAYS)),
            subject,
            of);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    if (!names.isEmpty()) {
      builder.addExtension(
          Extension.subjectAlternativeName,
          subject.getRDNs().length == 0, // RFC 5280 s4.2.1.6
          new GeneralNames(names.stream().map(GeneralNameText::write).toArray(GeneralName[]::new)));
    }
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate());
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(builder.build(signer).getEncoded()));
  }
}
