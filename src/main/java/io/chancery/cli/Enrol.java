package io.chancery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.x509.CsrMaker;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyPairs;
import io.chancery.x509.Pem;
import io.chancery.x509.SubjectAltName;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A new key and its first certificate. */
@Command(
    name = "enrol",
    header = "Make a key and get a certificate for it.",
    description = {
      "",
      "Makes the key on this machine, asks with an enrolment token, and leaves key.pem (only its "
          + "owner may read it), cert.pem, chain.pem and fullchain.pem.",
      ""
    },
    footer = {
      "",
      "Example: chancery enrol --profile tls-server --name dns:pay.internal.test --out tls/"
    })
final class Enrol implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Instance instance;

  @Option(
      names = "--profile",
      required = true,
      description = "What kind of certificate, e.g. tls-server, tls-client, tls-peer.")
  private String profile;

  @Option(
      names = "--name",
      split = ",",
      paramLabel = "KIND:NAME",
      description = "A name it shall hold: dns:, ip:, uri: or email:. May be repeated.")
  private List<String> names = List.of();

  @Option(names = "--subject", paramLabel = "DN", description = "Subject, e.g. \"CN=payments\".")
  private Optional<String> subject;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "Where the files go (default: here).")
  private Path out;

  @Option(
      names = "--key-algorithm",
      paramLabel = "ALGORITHM",
      defaultValue = "ec-p256",
      description = "ec-p256, ec-p384, ec-p521, ed25519 or rsa-NNNN (default: ${DEFAULT-VALUE}).")
  private String keyAlgorithm;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Enrolment token (default: enrol.token of the data directory).")
  private Optional<Path> tokenFile;

  @Option(names = "--contact", paramLabel = "MAIL", description = "Who is told before it expires.")
  private Optional<String> contact;

  @Option(
      names = "--validity",
      paramLabel = "DURATION",
      description = "Shorter than the profile's, e.g. P30D.")
  private Optional<String> validity;

  @Override
  public Integer call() {
    DistinguishedName name = DistinguishedName.parse(subject.orElse(""));
    List<SubjectAltName> wanted = names.stream().map(SubjectAltName::parse).toList();
    String token = PemFiles.text(tokenFile.orElseGet(() -> instance.data().enrolToken()));
    Credential credential = new Credential(out);

    KeyPair key = KeyPairs.generate(KeyAlgorithm.parse(keyAlgorithm));
    PemFiles.createPrivateKey(credential.key(), key.getPrivate());
    JsonNode issued = ask(token, Pem.encode(Pem.REQUEST, CsrMaker.make(key, name, wanted)));
    credential.keep(issued);
    credential.describe(issued, spec.commandLine().getOut());
    return 0;
  }

  private JsonNode ask(String token, String csr) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("profile", profile);
    body.put("csr", csr);
    contact.ifPresent(mail -> body.put("contact", mail));
    validity.ifPresent(duration -> body.put("validity", duration));
    boolean answered = false;
    try (Connection connection = Connection.withToken(instance, token)) {
      JsonNode issued = connection.post("/v1/certificates", body);
      answered = true;
      return issued;
    } finally {
      if (!answered) {
        PemFiles.delete(new Credential(out).key()); // a key without a certificate serves nobody
      }
    }
  }
}
