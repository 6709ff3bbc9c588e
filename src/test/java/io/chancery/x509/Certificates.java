package io.chancery.x509;

import io.chancery.testing.Csrs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Self-signed certificates for this room's tests. */
final class Certificates {
  static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant TO = Instant.parse("2026-03-31T23:59:59Z");

  private Certificates() {}

  static Der selfSigned(String name, GeneralName... names) {
    return selfSigned(new X500Name(name), BigInteger.valueOf(0xabcdef), names);
  }

  static Der selfSigned(X500Name name, BigInteger serial, GeneralName... names) {
    KeyPair pair = Csrs.pair(KeyAlgorithm.EC_P256);
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            name,
            serial,
            Date.from(FROM),
            Date.from(TO),
            name,
            SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    try {
      if (names.length > 0) {
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      }
      return Der.of(
          builder
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
              .getEncoded());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }
}
