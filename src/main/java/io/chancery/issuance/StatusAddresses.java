package io.chancery.issuance;

import io.chancery.Failure;
import io.chancery.Quoted;
import io.chancery.x509.IssuerName;
import java.net.URI;

/**
 * Where the world finds CRLs, the OCSP responder and the issuers' certificates. The addresses stand
 * in every certificate, so they must hold as long as the certificates do.
 *
 * @param base the public base address, as {@code http://status.example:8080}
 */
public record StatusAddresses(URI base) {
  public StatusAddresses {
    // RFC 5280 s8: a CRL behind https would need a certificate to check a certificate.
    boolean plain =
        "http".equals(base.getScheme())
            && base.getHost() != null
            && base.getRawQuery() == null
            && base.getRawFragment() == null
            && base.getRawUserInfo() == null;
    if (!plain) {
      throw new Failure.Misconfigured(
              "chancery.public-url",
              Quoted.of(base.toString()) + " is no http address of a host",
              "set it to the address validators reach, as http://status.example:8080")
          .thrown();
    }
    base = URI.create(base.toString().replaceAll("/+$", ""));
  }

  /** The issuer's full CRL. */
  public URI crl(IssuerName issuer) {
    return URI.create(base + "/crl/" + issuer + ".crl");
  }

  /** The OCSP responder of every issuer. */
  public URI ocsp() {
    return URI.create(base + "/ocsp");
  }

  /** The issuer's own certificate, in DER. */
  public URI certificate(IssuerName issuer) {
    return URI.create(base + "/issuers/" + issuer + ".cer");
  }
}
