package io.chancery.issuance.lint.body;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import io.chancery.x509.SignatureAlgorithm;
import java.util.Optional;

/**
 * The signature algorithm is the issuer's own, none of the weak ones, with the parameters of its
 * standard.
 */
final class SignatureAlgorithmStrong extends Lint {

  SignatureAlgorithmStrong() {
    super("signature-algorithm-strong", "RFC 4055 s5, RFC 5758 s3.2, RFC 8410 s3");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    String oid = it.innerAlgorithm().getAlgorithm().getId();
    Optional<SignatureAlgorithm> known = SignatureAlgorithm.ofOid(oid);
    // MD5 and SHA-1 are not in the list of algorithms: RFC 6194 s3, RFC 6151 s2.
    if (known.isEmpty()) {
      return Optional.of(oid + " is no algorithm that is signed with here");
    }
    if (known.get() != it.authority().algorithm()) {
      return Optional.of(known.get() + " where the issuer signs " + it.authority().algorithm());
    }
    // RFC 4055 s5: RSA with NULL parameters. RFC 5758 s3.2, RFC 8410 s3: the others without any.
    return it.innerAlgorithm().equals(known.get().identifier())
        ? Optional.empty()
        : Optional.of("parameters that " + known.get() + " does not have");
  }
}
