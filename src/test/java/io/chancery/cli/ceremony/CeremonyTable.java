package io.chancery.cli.ceremony;

import io.chancery.testing.TestToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder with a ceremony file, tokens in the real SoftHSM, and what was said. */
final class CeremonyTable {
  final Path folder;
  final Path out;
  final List<String> said = new ArrayList<>();
  private final Ceremony ceremony =
      new Ceremony(InstantSource.system(), new SecureRandom(), said::add);

  CeremonyTable(Path folder) {
    this.folder = folder;
    this.out = folder.resolve("authority");
  }

  /** The rest of a file after its root: one constrained issuer. */
  static final String ISSUING =
      """
      issuers:
        - name: issuing
          subject: O=Example Bank, CN=Example Bank Issuing CA 1
          key: ec-p256
      %s    path-length: 0
          permitted: {dns: [bank.example], ip: [10.0.0.0/8]}
          excluded: {dns: [secret.bank.example]}
      """;

  static String token(String label) {
    return TestToken.fresh(TestToken.label(label)).toString();
  }

  /** A file whose root has a token of its own. */
  Path ownRoot() {
    return file(
        """
        hsm: %s
        output: authority
        root:
          kept: token
          hsm: %s
          subject: O=Example Bank, CN=Example Bank Root CA 2026
          key: ec-p384
          validity: 7300d
          crl-validity: 365d
        """
                .formatted(token("all"), token("root"))
            + ISSUING.formatted("    validity: 1825d\n"));
  }

  /** A file whose root is elsewhere. */
  Path elsewhere(Path root) {
    return file(
        """
        hsm: %s
        output: authority
        root:
          kept: elsewhere
          certificate: %s
        """
                .formatted(token("all"), root)
            + ISSUING.formatted(""));
  }

  Path file(String text) {
    try {
      return Files.writeString(folder.resolve("ceremony.yaml"), text);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  Ceremony.Outcome hold(Path file) {
    return hold(file, Returned.NOTHING);
  }

  /** The same on another day. */
  Ceremony.Outcome hold(Path file, Returned returned, Instant day) {
    return new Ceremony(InstantSource.fixed(day), new SecureRandom(), said::add)
        .hold(CeremonySpec.load(file), returned);
  }

  Ceremony.Outcome hold(Path file, Returned returned) {
    return ceremony.hold(CeremonySpec.load(file), returned);
  }

  void rehearse(Path file) {
    ceremony.rehearse(CeremonySpec.load(file), Returned.NOTHING);
  }

  Path paper(String name) {
    return out.resolve(name);
  }

  String text(String name) {
    try {
      return Files.readString(paper(name));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Every file below a folder with its content's hash and its time. */
  static TreeMap<String, String> snapshot(Path folder) {
    TreeMap<String, String> all = new TreeMap<>();
    if (!Files.exists(folder)) {
      return all;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Instant time = Files.getLastModifiedTime(file).toInstant();
        String hash =
            Files.isRegularFile(file)
                ? io.chancery.x509.Thumbprint.of(Files.readAllBytes(file)).hex()
                : "folder";
        all.put(folder.relativize(file).toString(), hash + " " + time);
      }
      return all;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
