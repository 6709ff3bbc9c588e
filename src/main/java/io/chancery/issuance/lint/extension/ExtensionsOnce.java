package io.chancery.issuance.lint.extension;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Extension;

/** No extension stands twice. */
final class ExtensionsOnce extends Lint {

  ExtensionsOnce() {
    super("extensions-once", "RFC 5280 s4.2");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    Set<ASN1ObjectIdentifier> seen = new HashSet<>();
    // RFC 5280 s4.2: a certificate MUST NOT include more than one instance of an extension.
    return it.extensions().stream()
        .map(Extension::getExtnId)
        .filter(oid -> !seen.add(oid))
        .findFirst()
        .map(oid -> "twice " + oid);
  }
}
