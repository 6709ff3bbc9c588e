package io.chancery.ocsp;

import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.SerialNumber;
import java.io.IOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** What a client asks (RFC 6960 s4.1), for whoever looks from outside how the authority answers. */
public final class OcspQuestion {
  private OcspQuestion() {}

  /** A request about one certificate, with SHA-1 in its id as every client sends it. */
  public static byte[] about(IssuedCertificate issuer, SerialNumber serial) {
    try {
      CertificateID id =
          new CertificateID(
              new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
              new X509CertificateHolder(issuer.der().octets()),
              serial.value());
      return new OCSPReqBuilder().addRequest(id).build().getEncoded();
    } catch (IOException | OCSPException | OperatorCreationException impossible) {
      throw new IllegalStateException("a question about an own certificate", impossible);
    }
  }

  /** Whether the answer says that the certificate is revoked; not whether it is well signed. */
  public static boolean saysRevoked(byte[] answer, SerialNumber serial) throws IOException {
    try {
      OCSPResp response = new OCSPResp(answer);
      if (response.getStatus() != OCSPResp.SUCCESSFUL) {
        throw new IOException("OCSP answered with its error " + response.getStatus());
      }
      for (SingleResp one : ((BasicOCSPResp) response.getResponseObject()).getResponses()) {
        if (one.getCertID().getSerialNumber().equals(serial.value())) {
          return one.getCertStatus() instanceof RevokedStatus;
        }
      }
      throw new IOException("OCSP answered about another certificate");
    } catch (OCSPException | ClassCastException unreadable) {
      throw new IOException("OCSP answered with something else", unreadable);
    }
  }
}
