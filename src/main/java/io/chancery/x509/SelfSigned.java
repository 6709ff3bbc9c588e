package io.chancery.x509;

import io.chancery.Failure;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.util.Date;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate that vouches for itself and is trusted by nobody: a place holder. */
public final class SelfSigned {
  private SelfSigned() {}

  public static IssuedCertificate of(KeyPair pair, DistinguishedName subject, Validity validity) {
    SubjectPublicKey key = SubjectPublicKey.of(pair.getPublic());
    try {
      var builder =
          new X509v3CertificateBuilder(
              subject.toX500Name(),
              BigInteger.ONE,
              Date.from(validity.notBefore()),
              Date.from(validity.notAfter()),
              subject.toX500Name(),
              SubjectPublicKeyInfo.getInstance(key.info().octets()));
      var signer =
          new JcaContentSignerBuilder(SignatureAlgorithm.fittingTo(key.algorithm()).jcaName())
              .build(pair.getPrivate());
      return IssuedCertificate.parse(Der.of(builder.build(signer).getEncoded()));
    } catch (OperatorCreationException | IOException wrongKey) {
      throw new Failure.Malformed("key pair", "", "cannot sign", "RFC 5280 s4.1.1.2")
          .because(wrongKey);
    }
  }
}
