package io.chancery.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.x509.Der;
import io.chancery.x509.Pem;
import io.chancery.x509.RevocationReason;
import io.chancery.x509.SerialNumber;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.cert.CRLReason;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CRLs are read by the JDK and openssl as they were meant, from none to a million entries. */
class CrlTest {
  private static final Instant REVOKED = Instant.parse("2029-12-31T23:59:59Z");

  @TempDir Path folder;

  private final Scene scene = new Scene();

  @Test
  void anEmptyOneHasNoList() throws Exception {
    Der crl = sign(BigInteger.ONE, Stream.empty());
    X509CRL read = read(crl);

    assertThat(read.getRevokedCertificates()).isNull();
    assertThat(read.getVersion()).isEqualTo(2);
    assertThat(read.getThisUpdate()).isEqualTo(Date.from(Instant.parse("2030-01-02T03:04:05Z")));
    assertThat(read.getNextUpdate()).isEqualTo(Date.from(Instant.parse("2030-01-02T04:04:05Z")));
    assertThat(new OpenSsl(folder).mustRun("crl", "-noout", "-text", "-in", pem(crl)))
        .contains("Version 2 (0x1)", "No Revoked Certificates", "X509v3 CRL Number");
  }

  @Test
  void entriesSayReasonAndInvalidityDate() throws Exception {
    Der crl =
        sign(
            new BigInteger("123456789"),
            Stream.of(
                entry(1, RevocationReason.UNSPECIFIED),
                entry(0x80, RevocationReason.CERTIFICATE_HOLD),
                new CrlEntry(
                    Scene.SERIAL,
                    Instant.parse("2051-05-05T05:05:05Z"),
                    RevocationReason.KEY_COMPROMISE,
                    Optional.of(Instant.parse("2029-01-02T03:04:05Z")))));
    X509CRL read = read(crl);

    X509CRLEntry plain = read.getRevokedCertificate(BigInteger.ONE);
    assertThat(plain.hasExtensions()).isFalse();
    assertThat(plain.getRevocationDate()).isEqualTo(Date.from(REVOKED));
    assertThat(read.getRevokedCertificate(BigInteger.valueOf(0x80)).getRevocationReason())
        .isEqualTo(CRLReason.CERTIFICATE_HOLD);
    X509CRLEntry full = read.getRevokedCertificate(Scene.SERIAL.value());
    assertThat(full.getRevocationReason()).isEqualTo(CRLReason.KEY_COMPROMISE);
    assertThat(full.getRevocationDate())
        .isEqualTo(Date.from(Instant.parse("2051-05-05T05:05:05Z")));
    assertThat(full.getExtensionValue("2.5.29.24")).isNotNull();
    String text = new OpenSsl(folder).mustRun("crl", "-noout", "-text", "-in", pem(crl));
    assertThat(text)
        .contains(
            "Key Compromise", "Certificate Hold", "Jan  2 03:04:05 2029", "May  5 05:05:05 2051");
  }

  @Test
  void everyReasonIsWrittenButRemoval() throws Exception {
    for (RevocationReason reason : RevocationReason.values()) {
      if (reason == RevocationReason.REMOVE_FROM_CRL) {
        assertThat(failure(() -> sign(BigInteger.ONE, Stream.of(entry(1, reason)))))
            .isInstanceOf(Failure.Malformed.class);
      } else {
        X509CRL read = read(sign(BigInteger.ONE, Stream.of(entry(1, reason))));
        CRLReason written = read.getRevokedCertificate(BigInteger.ONE).getRevocationReason();
        if (reason == RevocationReason.UNSPECIFIED) {
          assertThat(written).isNull();
        } else {
          assertThat(written.ordinal()).isEqualTo(reason.code());
        }
      }
    }
  }

  @Test
  void aMillionEntriesAreSigned() throws Exception {
    int many = 1_000_000;
    BigInteger base = BigInteger.ONE.shiftLeft(158);
    Stream<CrlEntry> entries =
        IntStream.range(0, many)
            .mapToObj(
                i ->
                    new CrlEntry(
                        new SerialNumber(base.add(BigInteger.valueOf(i))),
                        REVOKED.minusSeconds(i),
                        RevocationReason.SUPERSEDED,
                        Optional.empty()));
    Der crl = sign(BigInteger.TEN, entries);

    assertThat(crl.length()).isBetween(50 * many, 60 * many);
    String head =
        new OpenSsl(folder)
            .mustRun(
                "crl",
                "-inform",
                "DER",
                "-noout",
                "-crlnumber",
                "-lastupdate",
                "-in",
                new OpenSsl(folder).write("big.crl", crl));
    assertThat(head).contains("crlNumber=0x0A");
  }

  @Test
  void impossibleContentsAreRefused() {
    assertThat(failure(() -> new CrlContent(BigInteger.ONE, Scene.NOW, Scene.NOW, Crls.WHOLE)))
        .isInstanceOf(Failure.Malformed.class);
    assertThat(failure(() -> Crls.content(BigInteger.TEN, new CrlKind.Delta(BigInteger.TEN))))
        .isInstanceOf(Failure.Malformed.class);
    assertThat(failure(() -> sign(BigInteger.ONE.negate(), Stream.empty())))
        .isInstanceOf(Failure.Malformed.class);
    assertThat(failure(() -> sign(BigInteger.TWO.pow(160), Stream.empty())))
        .isInstanceOf(Failure.Malformed.class);
  }

  private Der sign(BigInteger number, Stream<CrlEntry> entries) {
    return Crls.of(scene, Crls.content(number, Crls.WHOLE), entries);
  }

  private static CrlEntry entry(long serial, RevocationReason reason) {
    return new CrlEntry(
        new SerialNumber(BigInteger.valueOf(serial)), REVOKED, reason, Optional.empty());
  }

  private X509CRL read(Der der) throws Exception {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    X509CRL crl = (X509CRL) factory.generateCRL(new ByteArrayInputStream(der.octets()));
    crl.verify(SignatureCheck.key(CaCertificate.of(scene.issuing).keyInfo()));
    return crl;
  }

  private String pem(Der crl) throws Exception {
    return new OpenSsl(folder).write("one.crl", Pem.CRL, crl);
  }

  private static Failure failure(ThrowingCallable deed) {
    return catchThrowableOfType(PkiException.class, deed).failure();
  }
}
