package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.Http;
import io.chancery.testing.OpenSslTool;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.util.function.Predicate;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;

/** CRLs as any validator fetches them, over plain http. */
public final class PublishedCrls {
  public static final String WHOLE = "/crl/issuing.crl";
  public static final String DELTA = "/crl/issuing/delta.crl";
  private static final String NUMBER = "2.5.29.20";
  private static final String BASE = "2.5.29.27";

  private PublishedCrls() {}

  public static byte[] octets(String path) {
    Http.Answer answer = Http.plain().get(path);
    assertThat(answer.status()).as(path).isEqualTo(200);
    return answer.body();
  }

  public static X509CRL crl(String path) {
    try {
      return (X509CRL)
          CertificateFactory.getInstance("X.509")
              .generateCRL(new ByteArrayInputStream(octets(path)));
    } catch (java.security.GeneralSecurityException unreadable) {
      throw new AssertionError(path, unreadable);
    }
  }

  /** As soon as it is as it should be. */
  public static X509CRL await(String path, Duration within, Predicate<X509CRL> wanted) {
    return org.awaitility.Awaitility.await(path)
        .atMost(within)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> crl(path), wanted);
  }

  public static long number(X509CRL crl) {
    return integer(crl, NUMBER);
  }

  /** BaseCRLNumber of a delta. */
  public static long base(X509CRL crl) {
    assertThat(crl.getCriticalExtensionOIDs()).contains(BASE);
    return integer(crl, BASE);
  }

  /** Leaves it in the folder of the tool, as PEM. */
  public static void fetch(OpenSslTool openssl, Path folder, String path, String name)
      throws Exception {
    Files.write(folder.resolve(name + ".der"), octets(path));
    openssl.mustRun("crl", "-inform", "DER", "-in", name + ".der", "-out", name);
  }

  private static long integer(X509CRL crl, String oid) {
    byte[] value = ASN1OctetString.getInstance(crl.getExtensionValue(oid)).getOctets();
    return ASN1Integer.getInstance(value).longValueExact();
  }
}
