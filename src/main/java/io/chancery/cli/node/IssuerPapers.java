package io.chancery.cli.node;

import io.chancery.Failure;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.IssuerName;
import io.chancery.x509.Pem;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An issuer as a validator needs it: its certificate, and the chain above. */
record IssuerPapers(IssuerName name, IssuedCertificate certificate, List<IssuedCertificate> chain) {
  IssuerPapers {
    chain = List.copyOf(chain);
  }

  /**
   * @param pem the issuer's own certificate first
   */
  static IssuerPapers parse(IssuerName name, String pem) {
    List<IssuedCertificate> all =
        Pem.decode(Pem.CERTIFICATE, pem).stream().map(IssuedCertificate::parse).toList();
    if (all.isEmpty()) {
      throw new Failure.Misconfigured(
              "issuer " + name,
              "its certificate is not in the book yet",
              "start the service of this version on the database once")
          .thrown();
    }
    return new IssuerPapers(name, all.getFirst(), all.subList(1, all.size()));
  }

  String pem() {
    return all().map(IssuedCertificate::pem).collect(Collectors.joining());
  }

  Stream<IssuedCertificate> all() {
    return Stream.concat(Stream.of(certificate), chain.stream());
  }
}
