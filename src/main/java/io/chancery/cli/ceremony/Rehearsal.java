package io.chancery.cli.ceremony;

import io.chancery.Failure;
import io.chancery.hsm.FileHsm;
import io.chancery.hsm.Hsm;
import io.chancery.hsm.HsmConfig;
import io.chancery.hsm.Pkcs11Hsm;
import io.chancery.hsm.SigningKey;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.KeyAlgorithm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A ceremony in words: opens what is there, looks, and says what would be done. */
final class Rehearsal {
  private final Table table;
  private final Consumer<String> say;

  Rehearsal(Table table, Consumer<String> say) {
    this.table = table;
    this.say = say;
  }

  void hold(Returned returned) {
    CeremonySpec spec = table.spec();
    say.accept("file    " + spec.file() + ", SHA-256 " + spec.hash());
    say.accept("folder  " + spec.output() + (Files.exists(spec.output()) ? "" : ", to be made"));
    try (Place place = open(spec.token())) {
      switch (spec.root()) {
        case RootSpec.Here here -> root(here, place);
        case RootSpec.Elsewhere elsewhere -> certificate(ForeignRoot.trusted(table, elsewhere));
      }
      for (IssuerSpec issuer : spec.issuers()) {
        Optional<SigningKey> key =
            key(place, issuer.keyLabel(), List.of(issuer.key()), issuer.certificateFile());
        key(place, issuer.responderLabel(), List.of(issuer.responderKey()), CeremonySpec.AUTHORITY);
        issuer(issuer, key, returned);
      }
      key(place, CeremonySpec.LEDGER_LABEL, Ceremony.ledgerKeys(spec), CeremonySpec.AUTHORITY);
    }
    paper(CeremonySpec.CHAIN);
    paper(CeremonySpec.AUTHORITY);
  }

  /** Where keys are kept, if it is there to be looked at. */
  private record Place(Optional<Hsm> hsm) implements AutoCloseable {
    @Override
    public void close() {
      hsm.ifPresent(Hsm::close);
    }
  }

  private void root(RootSpec.Here here, Place everythingElse) {
    if (isSigned()) {
      say.accept("found   all that the root signs; its key is not needed");
    } else {
      rootKey(here, everythingElse);
    }
    say.accept("wanted  root " + here.subject() + ", " + here.validity().toDays() + " days");
    table
        .papers()
        .certificate(CeremonySpec.ROOT)
        .ifPresent(
            root ->
                Certifier.mustBeNamed(
                    table.papers().file(CeremonySpec.ROOT), root, here.subject()));
    paper(CeremonySpec.ROOT);
    paper(CeremonySpec.ROOT_CRL);
  }

  /** Then the root may be in its safe already. */
  private boolean isSigned() {
    return table.papers().has(CeremonySpec.ROOT)
        && table.papers().has(CeremonySpec.ROOT_CRL)
        && table.spec().issuers().stream()
            .allMatch(issuer -> table.papers().has(issuer.certificateFile()));
  }

  private void rootKey(RootSpec.Here here, Place everythingElse) {
    switch (here.keeping()) {
      case RootSpec.SameToken same -> keyOfRoot(here, everythingElse);
      case RootSpec.OwnToken own -> {
        try (Place place = open(own.token())) {
          keyOfRoot(here, place);
        }
      }
      case RootSpec.KeyFiles files -> {
        try (Place place = open(files)) {
          keyOfRoot(here, place);
        }
      }
    }
  }

  private void keyOfRoot(RootSpec.Here here, Place place) {
    key(place, CeremonySpec.ROOT_LABEL, List.of(here.key()), CeremonySpec.ROOT);
  }

  private void issuer(IssuerSpec issuer, Optional<SigningKey> key, Returned returned) {
    say.accept(
        "wanted  issuer %s: %s, path length %d, permitted %s %s, excluded %s %s"
            .formatted(
                issuer.name(),
                issuer.subject(),
                issuer.terms().pathLength(),
                issuer.terms().names().permittedDomains(),
                issuer.terms().names().permittedNetworks(),
                issuer.terms().names().excludedDomains(),
                issuer.terms().names().excludedNetworks()));
    Optional<List<IssuedCertificate>> cameBack = returned.of(issuer.name());
    if (cameBack.isPresent() && table.spec().root() instanceof RootSpec.Elsewhere elsewhere) {
      if (key.isEmpty()) {
        throw new Failure.Conflict(
                "certificate for issuer " + issuer.name(),
                "came before its key was made",
                "run the ceremony without --certificate first")
            .thrown();
      }
      ForeignRoot.accept(
          table, issuer, key.get(), cameBack.get(), ForeignRoot.trusted(table, elsewhere));
      certificate(cameBack.get().getFirst());
    }
    table
        .papers()
        .certificate(issuer.certificateFile())
        .ifPresent(
            found ->
                Certifier.mustBeNamed(
                    table.papers().file(issuer.certificateFile()), found, issuer.subject()));
    if (cameBack.isEmpty() && table.spec().root() instanceof RootSpec.Elsewhere) {
      paper(issuer.requestFile());
    }
    paper(issuer.certificateFile());
  }

  private Place open(TokenSpec spec) {
    HsmConfig config = HsmConfig.load(spec.hsmYaml());
    Optional<String> blank = KeyPlace.labelToInitialize(spec, config);
    if (blank.isPresent()) {
      spec.soPinFile().ifPresent(this::mustBeThere);
      mustBeThere(config.pinFile());
      say.accept("to make token '" + blank.get() + "'");
      return new Place(Optional.empty());
    }
    Hsm hsm = Pkcs11Hsm.open(config);
    say.accept("found   " + hsm);
    return new Place(Optional.of(hsm));
  }

  private Place open(RootSpec.KeyFiles files) {
    mustBeThere(files.passphraseFile());
    if (!Files.exists(files.folder())) {
      say.accept("to make folder " + files.folder());
      return new Place(Optional.empty());
    }
    return new Place(
        Optional.of(FileHsm.open(files.folder(), files.passphraseFile(), table.random())));
  }

  private Optional<SigningKey> key(
      Place place, String label, List<KeyAlgorithm> acceptable, String relying) {
    Optional<SigningKey> found =
        place.hsm().flatMap(hsm -> new KeyRing(hsm, table.transcript()).find(label, acceptable));
    if (found.isEmpty() && table.papers().has(relying)) {
      throw new Failure.Conflict(
              table.papers().file(relying).toString(),
              "is about a key '" + label + "' that is not there",
              "open the token or file that was used before, or choose another folder with --out")
          .thrown();
    }
    String words =
        found.map(key -> ", CKA_ID " + key.id()).orElse(": " + KeyRing.words(acceptable));
    say.accept((found.isPresent() ? "found   " : "to make ") + "key '" + label + "'" + words);
    return found;
  }

  private void certificate(IssuedCertificate certificate) {
    say.accept("good    certificate of " + certificate.subject() + ", " + certificate.thumbprint());
  }

  private void paper(String name) {
    say.accept((table.papers().has(name) ? "found   " : "to make ") + table.papers().file(name));
  }

  private void mustBeThere(Path file) {
    if (!Files.isReadable(file)) {
      throw new Failure.Misconfigured(
              file.toString(), "there is no such file to read", "write it, mode 600")
          .thrown();
    }
  }
}
