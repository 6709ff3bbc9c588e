package io.chancery.chaos.database;

import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import java.io.IOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** What a validator asks about a certificate. */
final class Questions {
  private Questions() {}

  /** What OCSP says. */
  enum Word {
    GOOD,
    REVOKED,
    UNKNOWN,
    TRY_LATER,
    OTHER_ERROR
  }

  static Word ocsp(Tenant.Holder about) {
    try {
      var digest = new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1);
      byte[] question =
          new OCSPReqBuilder()
              .addRequest(
                  new CertificateID(
                      digest,
                      new X509CertificateHolder(about.issuer().der().octets()),
                      about.certificate().serial().value()))
              .build()
              .getEncoded();
      Http.Answer answer = Http.plain().post("/ocsp", "application/ocsp-request", question);
      OCSPResp said = new OCSPResp(answer.body());
      // RFC 6960 s4.2.1: 0 successful, 3 tryLater
      return switch (said.getStatus()) {
        case 0 ->
            word(((BasicOCSPResp) said.getResponseObject()).getResponses()[0].getCertStatus());
        case 3 -> Word.TRY_LATER;
        default -> Word.OTHER_ERROR;
      };
    } catch (OCSPException | OperatorCreationException | IOException cannot) {
      throw new IllegalStateException(cannot);
    }
  }

  private static Word word(CertificateStatus status) {
    if (status == CertificateStatus.GOOD) {
      return Word.GOOD;
    }
    return status instanceof RevokedStatus ? Word.REVOKED : Word.UNKNOWN;
  }
}
