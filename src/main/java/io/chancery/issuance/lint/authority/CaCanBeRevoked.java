package io.chancery.issuance.lint.authority;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;
import org.bouncycastle.asn1.x509.Extension;

/** An authority can be revoked. */
final class CaCanBeRevoked extends Lint {

  CaCanBeRevoked() {
    super("ca-no-rev-avail", "RFC 9608 s3");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    // RFC 9608 s3: noRevAvail MUST NOT be included in CA certificates.
    return it.has(Extension.noRevAvail)
        ? Optional.of("noRevAvail in an authority's certificate")
        : Optional.empty();
  }
}
