package io.chancery.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The certificate that an operator's command presents. */
final class Operator {
  @Option(
      names = "--cert",
      paramLabel = "FILE",
      description = "Your certificate in PEM (default: admin/cert.pem of the data directory).")
  private Optional<Path> certificate;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Its private key in PKCS#8 PEM (default: admin/key.pem).")
  private Optional<Path> key;

  Identity identity(Instance instance) {
    Path admin = instance.data().admin();
    return Identity.read(
        certificate.orElse(admin.resolve("cert.pem")), key.orElse(admin.resolve("key.pem")));
  }
}
