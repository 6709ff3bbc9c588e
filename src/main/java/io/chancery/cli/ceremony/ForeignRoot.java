package io.chancery.cli.ceremony;

import io.chancery.Failure;
import io.chancery.hsm.SigningKey;
import io.chancery.x509.Csr;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.Pem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A root elsewhere: our request goes out, its certificate comes back and is checked. */
final class ForeignRoot implements Certifier {
  private final Table table;
  private final Returned returned;
  private final IssuedCertificate root;

  private ForeignRoot(Table table, Returned returned, IssuedCertificate root) {
    this.table = table;
    this.returned = returned;
    this.root = root;
  }

  static ForeignRoot prepare(Table table, RootSpec.Elsewhere spec, Returned returned) {
    IssuedCertificate root = trusted(table, spec);
    String name = CeremonySpec.ROOT;
    table.papers().write(name, root.pem(), Step.certificate(name, root), table.transcript());
    return new ForeignRoot(table, returned, root);
  }

  /** The certificate that what comes back is held against; one, and only one. */
  static IssuedCertificate trusted(Table table, RootSpec.Elsewhere spec) {
    List<IssuedCertificate> found = Returned.read(spec.certificate());
    if (found.size() != 1) {
      throw new Failure.Misconfigured(
              spec.certificate().toString(),
              "holds " + found.size() + " certificates",
              "give the root alone; what is between it and the issuer comes by --chain")
          .thrown();
    }
    return table.authorities().acceptRoot(found.getFirst());
  }

  @Override
  public Optional<Certified> certify(IssuerSpec issuer, SigningKey key) {
    Optional<List<IssuedCertificate>> cameBack =
        returned.of(issuer.name()).or(() -> acceptedBefore(issuer));
    if (cameBack.isEmpty()) {
      request(issuer, key);
      return Optional.empty();
    }
    return Optional.of(keep(issuer, accept(table, issuer, key, cameBack.get(), root)));
  }

  @Override
  public void close() {
    // There is no key of it here.
  }

  /**
   * Checks what came back, and answers it with the root at the end.
   *
   * @param cameBack the issuer's certificate, then what is above it, with or without the root
   */
  static List<IssuedCertificate> accept(
      Table table,
      IssuerSpec issuer,
      SigningKey key,
      List<IssuedCertificate> cameBack,
      IssuedCertificate root) {
    IssuedCertificate own = cameBack.getFirst();
    if (!own.subject().equals(issuer.subject().text())) {
      throw new Failure.Misconfigured(
              "certificate for issuer " + issuer.name(),
              "is of " + own.subject() + ", and " + issuer.subject() + " was requested",
              "have the subject certified as it was requested")
          .thrown();
    }
    List<IssuedCertificate> above = new ArrayList<>(cameBack.subList(1, cameBack.size()));
    above.removeIf(root::equals);
    above.add(root);
    table.authorities().accept(own, key, above, issuer.terms());
    above.addFirst(own);
    return List.copyOf(above);
  }

  private Optional<List<IssuedCertificate>> acceptedBefore(IssuerSpec issuer) {
    return table
        .papers()
        .certificate(issuer.certificateFile())
        .map(
            own -> {
              List<IssuedCertificate> all = new ArrayList<>(List.of(own));
              for (int step = 1; table.papers().has(issuer.aboveFile(step)); step++) {
                table.papers().certificate(issuer.aboveFile(step)).ifPresent(all::add);
              }
              return all;
            });
  }

  /** What is above comes first: the issuer's own certificate says that all is there. */
  private Certified keep(IssuerSpec issuer, List<IssuedCertificate> accepted) {
    List<Papers.Paper> above = new ArrayList<>();
    for (int step = 1; step < accepted.size() - 1; step++) {
      above.add(keep(new Papers.Paper(issuer.aboveFile(step), accepted.get(step))));
    }
    above.add(new Papers.Paper(CeremonySpec.ROOT, root));
    Papers.Paper own = keep(new Papers.Paper(issuer.certificateFile(), accepted.getFirst()));
    return new Certified(own, above);
  }

  private Papers.Paper keep(Papers.Paper paper) {
    table
        .papers()
        .write(
            paper.name(),
            paper.certificate().pem(),
            Step.certificate(paper.name(), paper.certificate()),
            table.transcript());
    return paper;
  }

  private void request(IssuerSpec issuer, SigningKey key) {
    String name = issuer.requestFile();
    Step step =
        Step.of(
            "request " + name + ": " + issuer.subject(),
            "CKA_ID " + key.id(),
            "SHA-256 of the public key " + key.publicKey().thumbprint());
    if (table.papers().has(name)) {
      Csr found = Csr.parse(NewFile.read(table.papers().file(name)));
      if (!found.key().equals(key.publicKey()) || !found.subject().equals(issuer.subject())) {
        throw new Failure.Conflict(
                table.papers().file(name).toString(),
                "asks for another key or name than the token and the file have",
                "correct the ceremony file, or choose another folder with --out")
            .thrown();
      }
      table.transcript().found(step);
    } else {
      String pem = Pem.encode(Pem.REQUEST, table.authorities().request(key, issuer.subject()));
      table.papers().write(name, pem, step, table.transcript());
    }
  }
}
