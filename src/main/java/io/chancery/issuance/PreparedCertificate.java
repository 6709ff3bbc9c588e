package io.chancery.issuance;

import io.chancery.x509.Der;
import io.chancery.x509.IssuerName;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.Validity;

/** A to-be-signed certificate that passed every lint; only {@link Issuer} makes and redeems one. */
public final class PreparedCertificate {
  private final IssuerName issuer;
  private final SerialNumber serial;
  private final Validity validity;
  private final Der tbs;

  PreparedCertificate(IssuerName issuer, SerialNumber serial, Validity validity, Der tbs) {
    this.issuer = issuer;
    this.serial = serial;
    this.validity = validity;
    this.tbs = tbs;
  }

  public IssuerName issuer() {
    return issuer;
  }

  public SerialNumber serial() {
    return serial;
  }

  public Validity validity() {
    return validity;
  }

  /** The TBSCertificate, as it will be signed. */
  public Der tbs() {
    return tbs;
  }
}
