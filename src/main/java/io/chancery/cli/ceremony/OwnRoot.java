package io.chancery.cli.ceremony;

import io.chancery.hsm.FileHsm;
import io.chancery.hsm.Hsm;
import io.chancery.hsm.SigningKey;
import io.chancery.x509.Der;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.Pem;
import io.chancery.x509.Validity;
import java.util.List;
import java.util.Optional;

/** The root made here. Its key is taken out only while something is to be signed with it. */
final class OwnRoot implements Certifier {
  private final Table table;
  private final RootSpec.Here spec;
  private final KeyRing everythingElse;
  private final IssuedCertificate certificate;
  private Optional<Hsm> opened = Optional.empty();
  private Optional<SigningKey> key = Optional.empty();

  private OwnRoot(Table table, RootSpec.Here spec, KeyRing everythingElse) {
    this.table = table;
    this.spec = spec;
    this.everythingElse = everythingElse;
    this.certificate = findOrMake();
  }

  /** Makes the key, the certificate and the first CRL, whichever is missing. */
  static OwnRoot prepare(Table table, RootSpec.Here spec, KeyRing everythingElse) {
    OwnRoot root = new OwnRoot(table, spec, everythingElse);
    root.publishCrl();
    return root;
  }

  @Override
  public Optional<Certified> certify(IssuerSpec issuer, SigningKey issuerKey) {
    String name = issuer.certificateFile();
    IssuedCertificate issued =
        table.papers().certificate(name).orElseGet(() -> sign(issuer, issuerKey));
    Certifier.mustBeNamed(table.papers().file(name), issued, issuer.subject());
    table.authorities().accept(issued, issuerKey, List.of(certificate), issuer.terms());
    table.papers().write(name, issued.pem(), Step.certificate(name, issued), table.transcript());
    return Optional.of(
        new Certified(
            new Papers.Paper(name, issued),
            List.of(new Papers.Paper(CeremonySpec.ROOT, certificate))));
  }

  @Override
  public void close() {
    opened.ifPresent(Hsm::close);
    opened = Optional.empty();
  }

  private IssuedCertificate findOrMake() {
    String name = CeremonySpec.ROOT;
    IssuedCertificate root =
        table
            .papers()
            .certificate(name)
            .orElseGet(
                () ->
                    table
                        .authorities()
                        .root(
                            key(),
                            spec.subject(),
                            Validity.starting(table.beginning(), spec.validity()),
                            Optional.empty()));
    Certifier.mustBeNamed(table.papers().file(name), root, spec.subject());
    table.papers().write(name, root.pem(), Step.certificate(name, root), table.transcript());
    return root;
  }

  private void publishCrl() {
    String name = CeremonySpec.ROOT_CRL;
    if (table.papers().has(name)) {
      table.transcript().found(Step.of("CRL " + name));
      return;
    }
    Validity updates =
        Validity.starting(table.beginning(), spec.crlValidity())
            .endingNoLaterThan(certificate.validity().notAfter());
    Der crl = table.authorities().crlOfRoot(certificate, key(), updates);
    table
        .papers()
        .write(
            name,
            Pem.encode(Pem.CRL, crl),
            Step.of(
                "CRL " + name + ": number 1, nothing revoked",
                "next update " + updates.notAfter(),
                "SHA-256 " + crl.thumbprint()),
            table.transcript());
  }

  private IssuedCertificate sign(IssuerSpec issuer, SigningKey issuerKey) {
    return table
        .authorities()
        .intermediate(
            certificate,
            key(),
            issuerKey.publicKey(),
            issuer.subject(),
            Validity.starting(table.beginning(), issuer.validity())
                .endingNoLaterThan(certificate.validity().notAfter()),
            issuer.terms().pathLength(),
            issuer.terms().names());
  }

  private SigningKey key() {
    if (key.isEmpty()) {
      key =
          Optional.of(
              ring()
                  .key(
                      CeremonySpec.ROOT_LABEL,
                      List.of(spec.key()),
                      table.papers().first(CeremonySpec.ROOT)));
    }
    return key.get();
  }

  private KeyRing ring() {
    return switch (spec.keeping()) {
      case RootSpec.SameToken same -> everythingElse;
      case RootSpec.OwnToken own -> ring(KeyPlace.open(own.token(), table.transcript()));
      case RootSpec.KeyFiles files ->
          ring(FileHsm.open(files.folder(), files.passphraseFile(), table.random()));
    };
  }

  private KeyRing ring(Hsm hsm) {
    opened = Optional.of(hsm);
    return new KeyRing(hsm, table.transcript());
  }
}
