package io.chancery.audit;

import io.chancery.Sha256;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** One real certificate, of which any number is printed with other serials: nobody checks them. */
final class PaperCertificate {
  static final Instant NOT_BEFORE = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant NOT_AFTER = Instant.parse("2027-01-01T00:00:00Z");

  private static final byte[] SERIAL =
      HexFormat.of().parseHex("1122334455667788991122334455667788991122");

  private final byte[] der;
  private final int serialAt;
  private final int tbsLength;
  private final String keyThumbprint;

  PaperCertificate() throws Exception {
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = keys.generateKeyPair();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new X500Name("CN=Paper Issuing CA,O=Paper"),
            new BigInteger(1, SERIAL),
            Date.from(NOT_BEFORE),
            Date.from(NOT_AFTER),
            new X500Name("CN=paper.example,O=Paper"),
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.dNSName, "paper.example")));
    X509CertificateHolder made =
        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
    this.der = made.getEncoded();
    this.tbsLength = made.toASN1Structure().getTBSCertificate().getEncoded().length;
    this.keyThumbprint = Sha256.hex(made.getSubjectPublicKeyInfo().getEncoded());
    this.serialAt = find(der, SERIAL);
  }

  byte[] der(byte[] serial) {
    byte[] printed = der.clone();
    System.arraycopy(serial, 0, printed, serialAt, serial.length);
    return printed;
  }

  /** The to-be-signed part of what {@link #der} printed. */
  byte[] tbs(byte[] printed) {
    return Arrays.copyOfRange(printed, 4, 4 + tbsLength);
  }

  String keyThumbprint() {
    return keyThumbprint;
  }

  private static int find(byte[] in, byte[] what) {
    for (int i = 0; i + what.length <= in.length; i++) {
      if (Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    throw new IllegalStateException("the template has no serial");
  }
}
