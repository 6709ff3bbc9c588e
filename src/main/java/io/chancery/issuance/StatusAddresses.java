package io.chancery.issuance;

import io.chancery.Failure;
import io.chancery.Quoted;
import io.chancery.x509.CrlScope;
import io.chancery.x509.IssuerName;
import io.chancery.x509.SerialNumber;
import java.math.BigInteger;
import java.net.URI;

/**
 * Where the world finds CRLs, the OCSP responder and the issuers' certificates. The addresses stand
 * in every certificate, so they must hold as long as the certificates do.
 *
 * @param base the public base address, as {@code http://status.example:8080}
 * @param shards how many shards new certificates are spread over; 0 for none
 */
public record StatusAddresses(URI base, int shards) {
  public StatusAddresses {
    if (shards < 0 || shards > CrlScope.MOST_SHARDS) {
      throw new Failure.Misconfigured(
              "chancery.crl.shards",
              shards + " is not from 0 to " + CrlScope.MOST_SHARDS,
              "use 0 for none, or a number such as 16")
          .thrown();
    }
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

  /** Without shards. */
  public StatusAddresses(URI base) {
    this(base, 0);
  }

  /** The complete CRL of a scope. */
  public URI crl(IssuerName issuer, CrlScope scope) {
    return URI.create(base + scope.path(issuer));
  }

  /** The delta CRL of the whole issuer. */
  public URI delta(IssuerName issuer) {
    return URI.create(base + CrlScope.deltaPath(issuer));
  }

  /** The scope of a new certificate; it stands in its CDP and never changes. */
  public CrlScope scope(SerialNumber serial) {
    return shards == 0
        ? CrlScope.WHOLE
        : CrlScope.shard(serial.value().mod(BigInteger.valueOf(shards)).intValueExact());
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
