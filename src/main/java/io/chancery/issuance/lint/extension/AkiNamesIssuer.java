package io.chancery.issuance.lint.extension;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;

/** authorityKeyIdentifier holds the issuer's subject key identifier and nothing else. */
final class AkiNamesIssuer extends Lint {

  AkiNamesIssuer() {
    super("aki-names-issuer", "RFC 5280 s4.2.1.1");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    Optional<AuthorityKeyIdentifier> aki =
        it.value(Extension.authorityKeyIdentifier).map(AuthorityKeyIdentifier::getInstance);
    // RFC 5280 s4.2.1.1: the keyIdentifier field MUST be included.
    if (aki.isEmpty() || aki.get().getKeyIdentifierOctets() == null) {
      return Optional.of("missing");
    }
    // A name and serial in it would tie the certificate to one certificate of the issuer's key.
    if (aki.get().getAuthorityCertIssuer() != null) {
      return Optional.of("names a certificate besides the key");
    }
    return HexFormat.of()
            .formatHex(aki.get().getKeyIdentifierOctets())
            .equals(it.authority().keyIdentifier())
        ? Optional.empty()
        : Optional.of("not the issuer's subject key identifier");
  }
}
