package io.chancery.issuance;

import io.chancery.Failure;
import io.chancery.issuance.der.Tbs;
import io.chancery.profile.Approval;
import io.chancery.profile.Profile;
import io.chancery.x509.Der;
import io.chancery.x509.IssuerName;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.SignatureAlgorithm;
import io.chancery.x509.Validity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.x509.Extension;

/**
 * Lays an approved certificate out as it will be signed: RFC 5280 s4.1.2's fields, and the
 * extensions in one fixed order, so that two certificates of a profile differ only in what was
 * asked for.
 */
final class Template {
  private final CaCertificate issuer;
  private final SignatureAlgorithm algorithm;
  private final LeafExtensions leafExtensions;
  private final Map<Profile, LeafExtensions.Fixed> fixed = new ConcurrentHashMap<>();

  Template(
      IssuerName name,
      CaCertificate issuer,
      SignatureAlgorithm algorithm,
      StatusAddresses addresses) {
    this.issuer = issuer;
    this.algorithm = algorithm;
    this.leafExtensions = new LeafExtensions(name, issuer, addresses);
  }

  /** The to-be-signed certificate and how long it is valid. */
  record Draft(Der tbs, Validity validity) {}

  Draft draft(Approval approval, SerialNumber serial, Instant now) {
    Validity validity = validity(approval, now);
    List<Extension> extensions =
        fixed
            .computeIfAbsent(approval.profile(), leafExtensions::fixed)
            .with(serial, approval.key(), approval.subject(), approval.names());
    return new Draft(
        Tbs.encode(
            serial,
            algorithm,
            issuer.subject(),
            validity,
            Tbs.encode(approval.subject().toX500Name()),
            approval.key().info(),
            extensions),
        validity);
  }

  /** Never outside the issuer's own validity; the length counts both of its ends. */
  private Validity validity(Approval approval, Instant now) {
    Validity outer = issuer.validity();
    if (!outer.holds(now)) {
      throw new Failure.Conflict(
              "issuer " + issuer.certificate().subject(),
              "is valid from " + outer.notBefore() + " to " + outer.notAfter() + ", not now",
              "ask an operator to put its successor into service")
          .thrown();
    }
    Instant backdated = now.minus(approval.profile().backdate());
    Instant start = backdated.isBefore(outer.notBefore()) ? outer.notBefore() : backdated;
    return Validity.starting(start, approval.validity()).endingNoLaterThan(outer.notAfter());
  }
}
