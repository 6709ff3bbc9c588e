package io.chancery.issuance.lint.extension;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Extension;

/** Every critical extension is one that validators know. */
final class ExtensionsKnown extends Lint {

  private static final Set<ASN1ObjectIdentifier> KNOWN =
      Set.of(
          Extension.keyUsage,
          Extension.basicConstraints,
          Extension.subjectAlternativeName,
          Extension.extendedKeyUsage,
          Extension.nameConstraints);

  ExtensionsKnown() {
    super("extensions-known", "RFC 5280 s4.2");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    // RFC 5280 s4.2: a system MUST reject a critical extension that it does not recognize.
    return it.extensions().stream()
        .filter(one -> one.isCritical() && !ExtensionsNotCritical.RULED.contains(one.getExtnId()))
        .filter(one -> !KNOWN.contains(one.getExtnId()))
        .findFirst()
        .map(one -> "critical " + one.getExtnId());
  }
}
