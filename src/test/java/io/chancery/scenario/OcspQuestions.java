package io.chancery.scenario;

import io.chancery.issuance.Issuers;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.IssuerName;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** OCSP questions as BouncyCastle asks them, and answers as it reads them. */
public final class OcspQuestions {
  public static final AlgorithmIdentifier SHA1 = CertificateID.HASH_SHA1;
  public static final AlgorithmIdentifier SHA256 =
      new AlgorithmIdentifier(new ASN1ObjectIdentifier("2.16.840.1.101.3.4.2.1"));

  private final X509CertificateHolder issuer;

  public OcspQuestions(IssuedCertificate issuer) {
    this.issuer = holder(issuer);
  }

  public static OcspQuestions of(Issuers issuers) {
    return new OcspQuestions(issuers.named(new IssuerName("issuing")).certificate());
  }

  public byte[] about(BigInteger... serials) {
    return ask(SHA1, List.of(), serials);
  }

  public byte[] withNonce(byte[] nonce, BigInteger... serials) {
    return ask(
        SHA1,
        List.of(
            new Extension(
                OCSPObjectIdentifiers.id_pkix_ocsp_nonce,
                false,
                encoded(new DEROctetString(nonce)))),
        serials);
  }

  public byte[] ask(AlgorithmIdentifier hash, List<Extension> extensions, BigInteger... serials) {
    try {
      OCSPReqBuilder builder = new OCSPReqBuilder();
      for (BigInteger serial : serials) {
        builder.addRequest(new CertificateID(digest(hash), issuer, serial));
      }
      if (!extensions.isEmpty()) {
        builder.setRequestExtensions(new Extensions(extensions.toArray(Extension[]::new)));
      }
      return builder.build().getEncoded();
    } catch (OCSPException | IOException cannot) {
      throw new IllegalStateException(cannot);
    }
  }

  /** The answer's status: 0 successful, 1 malformedRequest, 6 unauthorized. */
  public static int status(byte[] answer) {
    try {
      return new OCSPResp(answer).getStatus();
    } catch (IOException noAnswer) {
      throw new IllegalStateException(noAnswer);
    }
  }

  public static BasicOCSPResp basic(byte[] answer) {
    try {
      return (BasicOCSPResp) new OCSPResp(answer).getResponseObject();
    } catch (IOException | OCSPException noAnswer) {
      throw new IllegalStateException(noAnswer);
    }
  }

  /** Per asked id: {@code good}, {@code revoked} or {@code unknown}. */
  public static List<String> verdicts(byte[] answer) {
    List<String> verdicts = new ArrayList<>();
    for (var single : basic(answer).getResponses()) {
      var status = single.getCertStatus();
      verdicts.add(
          status == null
              ? "good"
              : status instanceof org.bouncycastle.cert.ocsp.RevokedStatus ? "revoked" : "unknown");
    }
    return verdicts;
  }

  public static X509CertificateHolder holder(IssuedCertificate certificate) {
    try {
      return new X509CertificateHolder(certificate.der().octets());
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private static DigestCalculator digest(AlgorithmIdentifier hash) {
    try {
      return new JcaDigestCalculatorProviderBuilder().build().get(hash);
    } catch (OperatorCreationException unknown) {
      throw new IllegalStateException(unknown);
    }
  }

  private static byte[] encoded(DEROctetString value) {
    try {
      return value.getEncoded();
    } catch (IOException cannot) {
      throw new IllegalStateException(cannot);
    }
  }
}
