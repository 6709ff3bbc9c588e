package io.chancery.cli.ceremony;

import io.chancery.Failure;
import io.chancery.hsm.Hsm;
import io.chancery.hsm.SigningKey;
import io.chancery.issuance.AuthorityFile;
import io.chancery.issuance.Issuers;
import io.chancery.issuance.StatusAddresses;
import io.chancery.warrant.SigningSwitch;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.KeyId;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The {@code authority.yaml} that the service starts on; written last, when all holds. */
final class AuthorityPaper {
  /** Where status is published is the service's business; the check needs some address. */
  private static final StatusAddresses ANYWHERE =
      new StatusAddresses(URI.create("http://localhost"));

  private final Table table;
  private final Hsm hsm;
  private final List<Line> issuers = new ArrayList<>();

  private record Line(
      IssuerSpec issuer, Certifier.Certified certified, KeyId key, KeyId responder) {}

  AuthorityPaper(Table table, Hsm hsm) {
    this.table = table;
    this.hsm = hsm;
  }

  void add(IssuerSpec issuer, Certifier.Certified certified, SigningKey key, SigningKey responder) {
    issuers.add(new Line(issuer, certified, key.id(), responder.id()));
  }

  /** Checks what the service will check at its start, then writes. */
  void publish(SigningKey ledger) {
    AuthorityFile whole =
        new AuthorityFile(issuers.stream().map(AuthorityPaper::entry).toList(), ledger.id());
    Issuers.open(whole, hsm, ANYWHERE, new SigningSwitch(), table.now());
    write(CeremonySpec.CHAIN, chain(), "chain " + CeremonySpec.CHAIN + ": issuers, root last");
    write(CeremonySpec.AUTHORITY, yaml(ledger.id()), "authority " + CeremonySpec.AUTHORITY);
    if (!AuthorityFile.load(table.papers().file(CeremonySpec.AUTHORITY)).equals(whole)) {
      throw new Failure.BrokenPromise(CeremonySpec.AUTHORITY, "it says something else when read")
          .thrown();
    }
  }

  private void write(String name, String text, String words) {
    table.papers().write(name, text, Step.of(words), table.transcript());
  }

  private static AuthorityFile.Entry entry(Line line) {
    return new AuthorityFile.Entry(
        line.issuer().name(),
        line.certified().own().certificate(),
        line.certified().chain(),
        line.key(),
        Optional.of(line.responder()));
  }

  /** Every issuer, then what is above them, each once; a root is above all others. */
  private String chain() {
    Set<IssuedCertificate> all = new LinkedHashSet<>();
    issuers.forEach(line -> all.add(line.certified().own().certificate()));
    List<IssuedCertificate> above =
        issuers.stream().flatMap(line -> line.certified().chain().stream()).toList();
    Stream.concat(above.stream().filter(one -> !one.subject().equals(one.issuer())), above.stream())
        .forEach(all::add);
    return all.stream().map(IssuedCertificate::pem).collect(Collectors.joining());
  }

  private String yaml(KeyId ledger) {
    StringBuilder text =
        new StringBuilder(
            "# Written by the ceremony. Paths are relative to this file.\nissuers:\n");
    for (Line line : issuers) {
      text.append(
          """
            - name: %s
              certificate: %s
              chain: [%s]
              key: "%s"
              responderKey: "%s"
          """
              .formatted(
                  line.issuer().name(),
                  line.certified().own().name(),
                  line.certified().above().stream()
                      .map(Papers.Paper::name)
                      .collect(Collectors.joining(", ")),
                  line.key(),
                  line.responder()));
    }
    return text.append("ledgerKey: \"").append(ledger).append("\"\n").toString();
  }
}
