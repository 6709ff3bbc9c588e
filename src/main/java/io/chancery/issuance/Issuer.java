package io.chancery.issuance;

import io.chancery.hsm.SigningKey;
import io.chancery.profile.Approval;
import io.chancery.x509.Der;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.IssuerName;
import io.chancery.x509.SerialNumber;
import java.time.Instant;
import java.util.List;

/** One issuing authority: its certificate, its chain and its key. */
public final class Issuer {
  private final IssuerName name;
  private final IssuedCertificate certificate;
  private final List<IssuedCertificate> chain;
  private final SigningKey key;

  /**
   * @param chain the certificate's own issuers, upwards, the root last
   */
  public Issuer(
      IssuerName name,
      IssuedCertificate certificate,
      List<IssuedCertificate> chain,
      SigningKey key) {
    this.name = name;
    this.certificate = certificate;
    this.chain = List.copyOf(chain);
    this.key = key;
  }

  public IssuerName name() {
    return name;
  }

  public IssuedCertificate certificate() {
    return certificate;
  }

  public List<IssuedCertificate> chain() {
    return chain;
  }

  /** Builds the certificate, signs it with a throw-away key, lints it. Nothing real is signed. */
  public PreparedCertificate prepare(Approval approval, SerialNumber serial, Instant now) {
    throw new IllegalStateException("written by the issuance room: " + key.id());
  }

  /** A reservation whose signature never came: the same bytes, linted again. */
  public PreparedCertificate resume(Der tbs) {
    throw new IllegalStateException("written by the issuance room");
  }

  /** Signs in the HSM, once, and compares what came out with the promise. */
  public IssuedCertificate sign(PreparedCertificate prepared) {
    throw new IllegalStateException("written by the issuance room");
  }
}
