package io.chancery.cli.ceremony;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.x509.Der;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.IssuerName;
import io.chancery.x509.Pem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came back from an authority elsewhere: a file for each issuer, and perhaps one with the
 * authorities between them and the root.
 */
public record Returned(Map<IssuerName, Path> certificates, Optional<Path> chain) {
  public static final Returned NOTHING = new Returned(Map.of(), Optional.empty());

  public Returned {
    certificates = Map.copyOf(certificates);
  }

  /** An issuer's certificate, then what came with it, upwards. */
  Optional<List<IssuedCertificate>> of(IssuerName issuer) {
    return Optional.ofNullable(certificates.get(issuer))
        .map(
            file -> {
              List<IssuedCertificate> all = new ArrayList<>(read(file));
              chain.ifPresent(more -> all.addAll(read(more)));
              return all;
            });
  }

  /** Every certificate of a file, in PEM, or the one in DER; at least one. */
  static List<IssuedCertificate> read(Path file) {
    byte[] octets = NewFile.read(file);
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    try {
      List<Der> blocks =
          text.contains("-----BEGIN ")
              ? Pem.decode(Pem.CERTIFICATE, text)
              : List.of(Der.of(octets));
      if (blocks.isEmpty()) {
        throw wrong(file, "holds no certificate").thrown();
      }
      return blocks.stream().map(IssuedCertificate::parse).toList();
    } catch (PkiException malformed) {
      throw wrong(file, malformed.failure().detail()).because(malformed);
    }
  }

  private static Failure wrong(Path file, String reason) {
    return new Failure.Misconfigured(
        file.toString(), reason, "give the certificate as it came back, in PEM or DER");
  }
}
