package io.chancery.cli.ceremony;

import io.chancery.Failure;
import io.chancery.hsm.SigningKey;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.IssuedCertificate;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whoever certifies the issuers: the root made here, or one elsewhere. */
sealed interface Certifier extends AutoCloseable permits OwnRoot, ForeignRoot {
  /** The issuer's certificate with all above it; empty where it is still awaited. */
  Optional<Certified> certify(IssuerSpec issuer, SigningKey key);

  /** Lets the root's key go. */
  @Override
  void close();

  /** An issuer's certificate, and what is above it, the root last. */
  record Certified(Papers.Paper own, List<Papers.Paper> above) {
    List<IssuedCertificate> chain() {
      return above.stream().map(Papers.Paper::certificate).toList();
    }
  }

  /** A certificate that an earlier run left must be of the name that the file has. */
  static void mustBeNamed(Path file, IssuedCertificate found, DistinguishedName wanted) {
    if (!found.subject().equals(wanted.text())) {
      throw new Failure.Conflict(
              file.toString(),
              "is the certificate of " + found.subject() + ", and the file wants " + wanted,
              "correct the ceremony file, or choose another folder with --out")
          .thrown();
    }
  }
}
