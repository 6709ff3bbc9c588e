package io.chancery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A key that others know. */
@Command(
    name = "report-key",
    header = "Report a compromised key: its certificates end, and it is blocked for ever.",
    description = {
      "",
      "FILE holds the private key (PKCS#8, EC or RSA in PEM, without a passphrase), or a request that"
          + " it signed with the subject 'CN=this key is compromised'. Operators for all"
          + " organizations may also hand in the public key or a certificate. A private key is used"
          + " once, to find the public one, and kept nowhere.",
      "",
      "Every certificate with the key is revoked at once, in every organization.",
      "",
      "Speaks with an operator's certificate, the administrator's by default.",
      ""
    })
final class ReportKey implements Callable<Integer> {
  private static final int LARGEST = 65_536;

  @Spec private CommandSpec spec;
  @Mixin private Instance instance;
  @Mixin private Operator operator;

  @Parameters(paramLabel = "FILE", description = "What shows that the key is known.")
  private Path file;

  @Option(
      names = "--invalidity-date",
      paramLabel = "TIME",
      description = "Since when it is known to others, such as 2030-01-31T12:00:00Z.")
  private Optional<String> invalidityDate;

  @Override
  public Integer call() {
    byte[] octets = octets();
    String query =
        invalidityDate
            .map(date -> "?invalidityDate=" + URLEncoder.encode(date, StandardCharsets.UTF_8))
            .orElse("");
    JsonNode answer;
    try (Connection connection =
        Connection.withCertificate(instance, operator.identity(instance))) {
      answer = connection.post("/v1/compromised-keys" + query, "application/x-pem-file", octets);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
    PrintWriter out = spec.commandLine().getOut();
    String key = answer.path("key").asText();
    if (!answer.path("outcome").asText().equals("blocked")) {
      out.println(
          Problem.printable(
              "key " + key + " is the authority's own: people were alerted, nothing was done"));
      return 1;
    }
    out.println(
        Problem.printable("blocked " + key + " (shown by: " + answer.path("proof").asText() + ")"));
    answer
        .path("revoked")
        .forEach(serial -> out.println(Problem.printable("revoked " + serial.asText())));
    return 0;
  }

  private byte[] octets() {
    try {
      if (Files.size(file) > LARGEST) {
        throw new Failure.TooLarge(file.toString(), LARGEST, "octets").thrown();
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException absent) {
      throw new Failure.Misconfigured(file.toString(), "there is no such file", "give another")
          .because(absent);
    } catch (IOException cannot) {
      throw new Failure.Misconfigured(file.toString(), "cannot be read", "give another")
          .because(cannot);
    }
  }
}
