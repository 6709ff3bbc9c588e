package io.chancery.cli.ceremony;

import io.chancery.hsm.SoftHsm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * The authority of a trial: two SoftHSM tokens, the root's and everything else's, with PINs made up
 * here. It lays out the files of a ceremony and holds it; on what is there it changes nothing.
 */
public final class DemoAuthority {
  private static final int PIN_OCTETS = 16;

  private final SoftHsm softHsm;
  private final Path tokens;
  private final Path folder;
  private final SecureRandom random;

  /**
   * @param tokens a folder for the tokens, their PINs and the root's hsm.yaml
   * @param folder a folder for hsm.yaml, ceremony.yaml and the papers
   */
  public DemoAuthority(SoftHsm softHsm, Path tokens, Path folder, SecureRandom random) {
    this.softHsm = softHsm;
    this.tokens = tokens.toAbsolutePath().normalize();
    this.folder = folder.toAbsolutePath().normalize();
    this.random = random;
  }

  /** Describes the token of the issuer and the ledger; what the service is given. */
  public Path hsmYaml() {
    return folder.resolve("hsm.yaml");
  }

  public Path authorityYaml() {
    return folder.resolve(CeremonySpec.AUTHORITY);
  }

  public Path rootCertificate() {
    return folder.resolve(CeremonySpec.ROOT);
  }

  /** The issuer's certificate, then the root's. */
  public Path chain() {
    return folder.resolve(CeremonySpec.CHAIN);
  }

  /**
   * Lays out the files, and holds the ceremony unless it came to its end before: the paper that is
   * written last is there, and the service checks all of it at its start.
   */
  public Ceremony.Outcome make(Ceremony ceremony) {
    NewFile.folder(folder);
    // Each time, because a data directory may be moved and SoftHSM wants the whole path.
    Path conf = SoftHsm.configuration(tokens.resolve("tokens"));
    pin("pin");
    pin("so-pin");
    pin("root-pin");
    pin("root-so-pin");
    NewFile.open(hsmYaml(), hsm(folder, conf, "chancery", "pin"));
    NewFile.open(
        tokens.resolve("root-hsm.yaml"), hsm(tokens, conf, "chancery-demo-root", "root-pin"));
    if (isFinished()) {
      return new Ceremony.Outcome.FinishedBefore(authorityYaml());
    }
    Path file = folder.resolve("ceremony.yaml");
    if (!Files.exists(file)) {
      NewFile.open(file, file());
    }
    return ceremony.hold(CeremonySpec.load(file), Returned.NOTHING);
  }

  /** A ceremony that is held again puts back what was lost of these. */
  private boolean isFinished() {
    return new Papers(folder).hasTranscript()
        && Stream.of(authorityYaml(), rootCertificate(), chain()).allMatch(Files::exists);
  }

  private void pin(String name) {
    Path file = tokens.resolve(name);
    if (!Files.exists(file)) {
      byte[] octets = new byte[PIN_OCTETS];
      random.nextBytes(octets);
      NewFile.secret(file, HexFormat.of().formatHex(octets) + "\n");
    }
  }

  private String hsm(Path beside, Path conf, String label, String pin) {
    return """
        # Written by Chancery: a token of the trial.
        module: "%s"
        token: {label: %s}
        pin-file: "%s"
        environment: {SOFTHSM2_CONF: "./%s"}
        """
        .formatted(
            softHsm.library(),
            label,
            beside.relativize(tokens.resolve(pin)),
            beside.relativize(conf));
  }

  private String file() {
    Path to = folder.relativize(tokens);
    return """
        # Written by Chancery: the trial's ceremony. docs/key-ceremony.md explains each line. A real
        # root is in a token that is taken out afterwards, and its PIN is not beside it.
        hsm: hsm.yaml
        so-pin-file: "%1$s/so-pin"
        output: .
        root:
          kept: token
          hsm: "%1$s/root-hsm.yaml"
          so-pin-file: "%1$s/root-so-pin"
          subject: O=Chancery demo, CN=Chancery demo root
          key: ec-p256
          validity: 3650d
        issuers:
          - name: issuing
            subject: O=Chancery demo, CN=Chancery demo issuing CA
            key: ec-p256
            validity: 1825d
            path-length: 0
            responder-key: ec-p256
        """
        .formatted(to);
  }
}
