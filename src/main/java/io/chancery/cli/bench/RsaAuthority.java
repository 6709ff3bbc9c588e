package io.chancery.cli.bench;

import io.chancery.cli.local.DataDirectory;
import io.chancery.x509.KeyAlgorithm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The trial's authority with an issuer whose key is RSA: its ceremony's file, laid out before. */
final class RsaAuthority {
  static final int BITS = 3072;

  private RsaAuthority() {}

  static KeyAlgorithm algorithm() {
    return KeyAlgorithm.rsa(BITS);
  }

  /** A folder that {@code up} makes such an authority in; what is there stays. */
  static Path in(Path folder) {
    DataDirectory data = new DataDirectory(folder);
    data.folder(data.root());
    data.folder(data.log());
    data.folder(data.authority());
    Path file = data.authority().resolve("ceremony.yaml");
    try {
      if (!Files.exists(file)) {
        Files.writeString(file, text(data.authority().relativize(data.softhsm())));
      }
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
    return folder;
  }

  /** As {@code up} writes it, but for the issuer's key. */
  private static String text(Path tokens) {
    return """
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
            key: rsa-%2$d
            validity: 1825d
            path-length: 0
            responder-key: ec-p256
        """
        .formatted(tokens, BITS);
  }
}
