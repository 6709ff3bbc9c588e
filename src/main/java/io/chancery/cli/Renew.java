package io.chancery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.x509.CsrMaker;
import io.chancery.x509.Der;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyPairs;
import io.chancery.x509.Pem;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.SubjectPublicKey;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A new key and certificate for the same names. */
@Command(
    name = "renew",
    header = "Replace a certificate that is still valid, with a new key.",
    description = {
      "",
      "Asks with the certificate itself, so no token is needed. The old key and certificate stay "
          + "in place until the new ones are here.",
      ""
    })
final class Renew implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Instance instance;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "Folder with key.pem and cert.pem, renewed in place (default: here).")
  private Path out;

  @Option(
      names = "--key-algorithm",
      paramLabel = "ALGORITHM",
      description = "Kind of the new key (default: as the old one).")
  private Optional<String> keyAlgorithm;

  @Override
  public Integer call() {
    Credential credential = new Credential(out);
    Identity old = Identity.read(credential.certificate(), credential.key());
    KeyPair key = KeyPairs.generate(algorithm(old.certificate()));
    String csr = Pem.encode(Pem.REQUEST, CsrMaker.renew(key, der(old.certificate())));
    String serial = new SerialNumber(old.certificate().getSerialNumber()).hex();

    PemFiles.delete(credential.newKey());
    PemFiles.createPrivateKey(credential.newKey(), key.getPrivate());
    JsonNode issued;
    try (Connection connection = Connection.withCertificate(instance, old)) {
      issued = connection.post("/v1/certificates/" + serial + "/renewal", Map.of("csr", csr));
    }
    // A crash between these leaves key.pem.new or the old cert.pem, never the loss of a key.
    PemFiles.move(credential.newKey(), credential.key());
    credential.keep(issued);
    credential.describe(issued, spec.commandLine().getOut());
    return 0;
  }

  private KeyAlgorithm algorithm(X509Certificate old) {
    return keyAlgorithm
        .map(KeyAlgorithm::parse)
        .orElseGet(() -> SubjectPublicKey.of(old.getPublicKey()).algorithm());
  }

  private static Der der(X509Certificate certificate) {
    try {
      return Der.of(certificate.getEncoded());
    } catch (CertificateEncodingException impossible) {
      throw new AssertionError("it was read from its encoding", impossible);
    }
  }
}
