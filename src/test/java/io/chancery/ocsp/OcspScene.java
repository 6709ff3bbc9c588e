package io.chancery.ocsp;

import io.chancery.issuance.AnswerForm;
import io.chancery.issuance.AuthorityCertificates;
import io.chancery.issuance.CertIdStem;
import io.chancery.issuance.OcspHash;
import io.chancery.testing.MemoryKey;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.IssuerName;
import io.chancery.x509.Validity;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.cert.X509CertificateHolder;

/** An issuer's certificate, and questions about what it issued, laid out by the library. */
final class OcspScene {
  static final IssuerName NAME = new IssuerName("issuing");

  private final IssuedCertificate issuer;

  private OcspScene(IssuedCertificate issuer) {
    this.issuer = issuer;
  }

  static OcspScene standard() {
    return new OcspScene(
        new AuthorityCertificates(new SecureRandom(), Clock.systemUTC())
            .root(
                MemoryKey.named("issuing"),
                DistinguishedName.parse("CN=Scene issuing"),
                Validity.starting(Instant.now().minusSeconds(3600), Duration.ofDays(10)),
                Optional.of(0)));
  }

  List<CertIdStem> stems() {
    return Arrays.stream(OcspHash.values()).map(hash -> CertIdStem.of(NAME, issuer, hash)).toList();
  }

  AnswerForm form() {
    return AnswerForm.itself(CertIdStem.of(NAME, issuer, OcspHash.SHA1), issuer);
  }

  byte[] question(ASN1Encodable algorithm, OcspHash hash, ASN1Encodable serial) throws Exception {
    X509CertificateHolder holder = new X509CertificateHolder(issuer.der().octets());
    String digest =
        switch (hash) {
          case SHA1 -> "SHA-1";
          case SHA256 -> "SHA-256";
          case SHA384 -> "SHA-384";
        };
    byte[] name = MessageDigest.getInstance(digest).digest(holder.getSubject().getEncoded());
    byte[] key =
        MessageDigest.getInstance(digest)
            .digest(holder.getSubjectPublicKeyInfo().getPublicKeyData().getBytes());
    ASN1Encodable id =
        new DERSequence(
            new ASN1Encodable[] {
              algorithm, new DEROctetString(name), new DEROctetString(key), serial
            });
    return wrapped(id);
  }

  /** Request, requestList, TBSRequest, OCSPRequest. */
  private static byte[] wrapped(ASN1Encodable id) throws IOException {
    return new DERSequence(new DERSequence(new DERSequence(new DERSequence(id)))).getEncoded("DER");
  }
}
