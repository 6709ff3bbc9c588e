package io.chancery.issuance;

import io.chancery.x509.Der;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Null;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.ASN1UTCTime;

/** Any DER as text, one value a line, with its type; what an OCTET STRING holds is opened. */
final class DerText {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("1.2.840.10045.2.1", "id-ecPublicKey"),
          Map.entry("1.2.840.10045.3.1.7", "secp256r1"),
          Map.entry("1.2.840.10045.4.3.2", "ecdsa-with-SHA256"),
          Map.entry("1.3.14.3.2.26", "SHA-1"),
          Map.entry("1.3.6.1.5.5.7.1.1", "authorityInfoAccess"),
          Map.entry("1.3.6.1.5.5.7.3.1", "serverAuth"),
          Map.entry("1.3.6.1.5.5.7.3.2", "clientAuth"),
          Map.entry("1.3.6.1.5.5.7.3.9", "OCSPSigning"),
          Map.entry("1.3.6.1.5.5.7.48.1", "id-ad-ocsp"),
          Map.entry("1.3.6.1.5.5.7.48.1.2", "ocsp-nonce"),
          Map.entry("1.3.6.1.5.5.7.48.1.5", "ocsp-nocheck"),
          Map.entry("1.3.6.1.5.5.7.48.1.9", "ocsp-extended-revoke"),
          Map.entry("1.3.6.1.5.5.7.48.2", "id-ad-caIssuers"),
          Map.entry("2.5.4.3", "commonName"),
          Map.entry("2.5.4.10", "organizationName"),
          Map.entry("2.5.29.14", "subjectKeyIdentifier"),
          Map.entry("2.5.29.15", "keyUsage"),
          Map.entry("2.5.29.17", "subjectAltName"),
          Map.entry("2.5.29.19", "basicConstraints"),
          Map.entry("2.5.29.20", "cRLNumber"),
          Map.entry("2.5.29.21", "reasonCode"),
          Map.entry("2.5.29.24", "invalidityDate"),
          Map.entry("2.5.29.30", "nameConstraints"),
          Map.entry("2.5.29.31", "cRLDistributionPoints"),
          Map.entry("2.5.29.35", "authorityKeyIdentifier"),
          Map.entry("2.5.29.37", "extKeyUsage"),
          Map.entry("2.5.29.56", "noRevAvail"));

  private final StringBuilder out = new StringBuilder();

  private DerText() {}

  static String of(Der der) throws IOException {
    DerText text = new DerText();
    text.write(0, ASN1Primitive.fromByteArray(der.octets()));
    return text.out.toString();
  }

  private void write(int depth, ASN1Encodable value) {
    switch (value.toASN1Primitive()) {
      case ASN1Sequence sequence -> {
        line(depth, "SEQUENCE");
        sequence.forEach(one -> write(depth + 1, one));
      }
      case ASN1Set set -> {
        line(depth, "SET");
        set.forEach(one -> write(depth + 1, one));
      }
      case ASN1TaggedObject tagged -> {
        line(depth, "[" + tagged.getTagNo() + "]" + (tagged.isExplicit() ? "" : " IMPLICIT"));
        write(depth + 1, tagged.isExplicit() ? tagged.getExplicitBaseObject() : implicit(tagged));
      }
      case ASN1OctetString octets -> octets(depth, octets.getOctets());
      case ASN1BitString bits ->
          line(depth, "BIT STRING, " + bits.getPadBits() + " unused: " + hex(bits.getBytes()));
      case ASN1ObjectIdentifier oid ->
          line(depth, "OID " + NAMES.getOrDefault(oid.getId(), oid.getId()));
      case ASN1Integer integer -> line(depth, "INTEGER " + integer.getValue().toString(16));
      case ASN1Enumerated number -> line(depth, "ENUMERATED " + number.getValue());
      case ASN1Boolean bool -> line(depth, "BOOLEAN " + bool.isTrue());
      case ASN1UTCTime time -> line(depth, "UTCTime " + contents(time));
      case ASN1GeneralizedTime time -> line(depth, "GeneralizedTime " + time.getTimeString());
      case ASN1Null ignored -> line(depth, "NULL");
      case ASN1String text ->
          line(
              depth,
              text.getClass().getSimpleName().replaceAll("^(DER|ASN1)", "")
                  + " "
                  + text.getString());
      default -> throw new IllegalArgumentException(value.getClass().getName());
    }
  }

  /** What is below an implicit tag has lost its type: shown as octets, or as text if it is. */
  private static ASN1Encodable implicit(ASN1TaggedObject tagged) {
    try {
      return tagged.getBaseUniversal(false, org.bouncycastle.asn1.BERTags.SEQUENCE);
    } catch (RuntimeException notConstructed) {
      return ASN1OctetString.getInstance(tagged, false);
    }
  }

  /** As encoded: BouncyCastle's own text of a time is put right. */
  private static String contents(ASN1UTCTime time) {
    try {
      byte[] encoded = time.getEncoded();
      return new String(encoded, 2, encoded.length - 2, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void octets(int depth, byte[] octets) {
    if (octets.length == 0) {
      line(depth, "nothing");
      return;
    }
    try {
      ASN1Primitive inner = ASN1Primitive.fromByteArray(octets);
      line(depth, "OCTET STRING of");
      write(depth + 1, inner);
    } catch (IOException | IllegalArgumentException notDer) {
      boolean text = octets.length > 4;
      for (byte octet : octets) {
        text &= octet >= 0x20 && octet < 0x7f;
      }
      line(
          depth,
          text ? "text " + new String(octets, StandardCharsets.US_ASCII) : "octets " + hex(octets));
    }
  }

  private void line(int depth, String text) {
    out.append("  ".repeat(depth)).append(text).append('\n');
  }

  private static String hex(byte[] octets) {
    return HexFormat.of().formatHex(octets);
  }
}
