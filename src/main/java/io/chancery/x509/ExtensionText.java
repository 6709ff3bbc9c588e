package io.chancery.x509;

import io.chancery.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/** Certificate extensions as text for people. */
final class ExtensionText {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("2.5.29.14", "subjectKeyIdentifier"),
          Map.entry("2.5.29.15", "keyUsage"),
          Map.entry("2.5.29.17", "subjectAltName"),
          Map.entry("2.5.29.19", "basicConstraints"),
          Map.entry("2.5.29.31", "cRLDistributionPoints"),
          Map.entry("2.5.29.35", "authorityKeyIdentifier"),
          Map.entry("2.5.29.37", "extKeyUsage"),
          Map.entry("2.5.29.56", "noRevAvail"),
          Map.entry("1.3.6.1.5.5.7.1.1", "authorityInfoAccess"),
          Map.entry("1.3.6.1.5.5.7.48.1.5", "ocsp-nocheck"));
  private static final Map<String, String> PURPOSES =
      Map.of(
          "1.3.6.1.5.5.7.3.1", "serverAuth",
          "1.3.6.1.5.5.7.3.2", "clientAuth",
          "1.3.6.1.5.5.7.3.9", "OCSPSigning");
  private static final List<String> USAGES =
      List.of(
          "digitalSignature",
          "nonRepudiation",
          "keyEncipherment",
          "dataEncipherment",
          "keyAgreement",
          "keyCertSign",
          "cRLSign",
          "encipherOnly",
          "decipherOnly");

  private ExtensionText() {}

  static String name(ASN1ObjectIdentifier oid) {
    return NAMES.getOrDefault(oid.getId(), oid.getId());
  }

  static String value(Extension extension) {
    return switch (name(extension.getExtnId())) {
      case "subjectAltName" -> names(GeneralNames.getInstance(extension.getParsedValue()));
      case "keyUsage" -> usages(KeyUsage.getInstance(extension.getParsedValue()));
      case "extKeyUsage" -> purposes(ExtendedKeyUsage.getInstance(extension.getParsedValue()));
      case "basicConstraints" ->
          BasicConstraints.getInstance(extension.getParsedValue()).isCA() ? "CA" : "not a CA";
      case "authorityInfoAccess" ->
          access(AuthorityInformationAccess.getInstance(extension.getParsedValue()));
      default -> Quoted.of(String.valueOf(extension.getParsedValue()));
    };
  }

  private static String names(GeneralNames names) {
    List<String> texts = new ArrayList<>();
    for (var name : names.getNames()) {
      texts.add(GeneralNameText.read(name).text());
    }
    return String.join(", ", texts);
  }

  private static String usages(KeyUsage usage) {
    List<String> texts = new ArrayList<>();
    byte[] bits = usage.getBytes();
    for (int i = 0; i < USAGES.size(); i++) {
      if (i / 8 < bits.length && (bits[i / 8] & (0x80 >> (i % 8))) != 0) {
        texts.add(USAGES.get(i));
      }
    }
    return String.join(", ", texts);
  }

  private static String purposes(ExtendedKeyUsage usage) {
    List<String> texts = new ArrayList<>();
    for (KeyPurposeId purpose : usage.getUsages()) {
      texts.add(PURPOSES.getOrDefault(purpose.getId(), purpose.getId()));
    }
    return String.join(", ", texts);
  }

  private static String access(AuthorityInformationAccess access) {
    List<String> texts = new ArrayList<>();
    for (var description : access.getAccessDescriptions()) {
      texts.add(Quoted.of(description.getAccessLocation().getName().toString()));
    }
    return String.join(", ", texts);
  }
}
