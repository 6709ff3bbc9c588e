package io.chancery.issuance;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.x509.IssuedCertificate;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;

/** An authority's certificate with everything above it, and the checks of RFC 5280 s6 on them. */
final class Chain {
  private final String where;
  private final CaCertificate authority;
  private final List<CaCertificate> upwards;

  /**
   * @param where names the authority in failures
   * @param chain what is above it, the root last; empty for a root
   */
  Chain(String where, IssuedCertificate authority, List<IssuedCertificate> chain) {
    this.where = where;
    this.authority = CaCertificate.of(authority);
    this.upwards =
        Stream.concat(Stream.of(authority), chain.stream()).map(CaCertificate::of).toList();
  }

  /** Each is an authority that may sign what is below it. */
  void mustBeAuthority() {
    for (int depth = 0; depth < upwards.size(); depth++) {
      CaCertificate one = upwards.get(depth);
      String who = who(one);
      // RFC 5280 s6.1.4 (k): the cA of each must be TRUE.
      if (!one.isAuthority()) {
        throw wrong(who + " is no authority's certificate", "use one with CA:TRUE");
      }
      // RFC 5280 s6.1.4 (n): keyCertSign must be set.
      if (!one.may(KeyUsage.keyCertSign)) {
        throw wrong(who + " may not sign certificates", "have it made with keyCertSign");
      }
      // RFC 5280 s6.1.4 (l): as many authorities below it as its path length says, at most.
      int below = depth;
      if (one.pathLength().filter(length -> length < below).isPresent()) {
        throw wrong(
            who + " allows fewer authorities below it than there are",
            "have it made with a greater path length");
      }
    }
    // RFC 5280 s6.3.3 (f): whoever signs CRLs has cRLSign.
    if (!authority.may(KeyUsage.cRLSign)) {
      throw wrong(who(authority) + " may not sign CRLs", "have it made with cRLSign");
    }
    // RFC 5280 s4.2.1.2: MUST appear in all conforming CA certificates.
    if (authority.subjectKeyIdentifier().isEmpty()) {
      throw wrong(who(authority) + " has no subject key identifier", "have it made with one");
    }
  }

  /** RFC 5280 s6.1.3 (a)(1) and (4): names and signatures hold, up to a root signed by itself. */
  void mustVerify() {
    for (int i = 0; i < upwards.size(); i++) {
      CaCertificate one = upwards.get(i);
      boolean last = i == upwards.size() - 1;
      if (!one.isSignedBy(last ? one : upwards.get(i + 1))) {
        throw last
            ? wrong(who(one) + " is no root", "put the chain in order: upwards, the root last")
            : wrong(
                who(one) + " is not signed by " + who(upwards.get(i + 1)),
                "put the chain in order: upwards, the root last");
      }
    }
  }

  /** RFC 5280 s6.1.3 (a)(2): all of them are valid now. */
  void mustBeValid(Instant now) {
    for (CaCertificate one : upwards) {
      if (one.validity().endedBefore(now)) {
        throw wrong(
            who(one) + " expired at " + one.validity().notAfter(),
            "put its successor into the file, or have it certified again");
      }
      if (!one.validity().holds(now)) {
        throw wrong(
            who(one) + " is not valid before " + one.validity().notBefore(),
            "check the clock of this machine");
      }
    }
  }

  /** RFC 5280 s4.2.1.10: name constraints are critical, readable and not empty. */
  void mustHaveSaneConstraints() {
    for (CaCertificate one : upwards) {
      try {
        boolean empty =
            one.nameConstraints()
                .filter(
                    set -> set.getPermittedSubtrees() == null && set.getExcludedSubtrees() == null)
                .isPresent();
        boolean present = one.extension(Extension.nameConstraints).isPresent();
        if (empty || (present && !one.isCritical(Extension.nameConstraints))) {
          throw wrong(
              who(one) + " has name constraints that are " + (empty ? "empty" : "not critical"),
              "have it made with critical name constraints, or without");
        }
      } catch (IllegalArgumentException unreadable) {
        throw new Failure.Malformed(
                "certificate of " + one.certificate().subject(),
                "nameConstraints",
                "cannot be read",
                "RFC 5280 s4.2.1.10")
            .because(unreadable);
      }
    }
  }

  private static String who(CaCertificate one) {
    return "the certificate of " + one.certificate().subject();
  }

  private PkiException wrong(String reason, String remedy) {
    return new Failure.Misconfigured(where, reason, remedy).thrown();
  }
}
