package io.chancery.issuance;

import io.chancery.x509.Der;
import io.chancery.x509.IssuerName;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.Thumbprint;
import io.chancery.x509.Validity;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A to-be-signed certificate that passed every lint; only {@link Issuer} makes and redeems one, and
 * redeems it once.
 */
public final class PreparedCertificate {
  private final IssuerName issuer;
  private final Thumbprint issuerCertificate;
  private final SerialNumber serial;
  private final Validity validity;
  private final Der tbs;
  private final int approvals;
  private final AtomicBoolean redeemed = new AtomicBoolean();

  PreparedCertificate(
      IssuerName issuer,
      Thumbprint issuerCertificate,
      SerialNumber serial,
      Validity validity,
      Der tbs,
      int approvals) {
    this.issuer = issuer;
    this.issuerCertificate = issuerCertificate;
    this.serial = serial;
    this.validity = validity;
    this.tbs = tbs;
    this.approvals = approvals;
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

  /** How many persons must have approved exactly these octets before they are signed. */
  public int approvals() {
    return approvals;
  }

  /**
   * Called before the token signs: whatever the token answers, this promise is used up, and a
   * second try goes through {@link Issuer#resume}.
   */
  void redeem(Thumbprint signer) {
    if (!signer.equals(issuerCertificate)) {
      throw new IllegalStateException("prepared by another issuer than " + issuer);
    }
    if (!redeemed.compareAndSet(false, true)) {
      throw new IllegalStateException("certificate " + serial + " was signed before");
    }
  }
}
