package io.chancery.chaos.database;

import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.util.Date;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;

/** A gateway that reads status all the time: it is always there, and never goes back. */
final class StatusWatch implements Runnable {
  private static final String NUMBER = "2.5.29.20";

  private final Tenant.Holder known;
  private final BooleanSupplier goOn;
  private long number;
  private Date time = new Date(0);
  private volatile int reads;

  StatusWatch(Tenant.Holder known, BooleanSupplier goOn) {
    this.known = known;
    this.goOn = goOn;
  }

  int reads() {
    return reads;
  }

  @Override
  public void run() {
    while (goOn.getAsBoolean()) {
      readCrl();
      Questions.Word word = Questions.ocsp(known);
      must(word == Questions.Word.GOOD, "OCSP says of a good one: " + word);
      must(Http.plain().get("/trust/bundle.pem").status() == 200, "the trust document is there");
      reads += 3;
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private void readCrl() {
    Http.Answer answer = Http.plain().get("/crl/issuing.crl");
    must(answer.status() == 200, "the CRL is there");
    try {
      X509CRL crl =
          (X509CRL)
              CertificateFactory.getInstance("X.509")
                  .generateCRL(new ByteArrayInputStream(answer.body()));
      byte[] octets = ASN1OctetString.getInstance(crl.getExtensionValue(NUMBER)).getOctets();
      long next = ASN1Integer.getInstance(octets).longValueExact();
      // RFC 5280 s5.2.3
      must(next >= number, "CRL number " + next + " after " + number);
      must(!crl.getThisUpdate().before(time), "thisUpdate went back");
      number = next;
      time = crl.getThisUpdate();
    } catch (GeneralSecurityException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static void must(boolean right, String what) {
    if (!right) {
      throw new AssertionError(what);
    }
  }
}
