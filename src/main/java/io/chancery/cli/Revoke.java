package io.chancery.cli;

import io.chancery.x509.RevocationReason;
import io.chancery.x509.SerialNumber;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The end of a certificate before its time. */
@Command(
    name = "revoke",
    header = "Revoke a certificate.",
    description = {
      "",
      "Speaks with an operator's certificate, the administrator's by default.",
      ""
    })
final class Revoke implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Instance instance;
  @Mixin private Operator operator;

  @Parameters(paramLabel = "SERIAL", description = "Serial number in hex.")
  private String serial;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      defaultValue = "unspecified",
      description =
          "keyCompromise, affiliationChanged, superseded, cessationOfOperation, certificateHold, "
              + "privilegeWithdrawn or unspecified (default: ${DEFAULT-VALUE}).")
  private String reason;

  @Override
  public Integer call() {
    SerialNumber number = SerialNumber.parse(serial);
    String why = RevocationReason.parse(reason).text();
    try (Connection connection =
        Connection.withCertificate(instance, operator.identity(instance))) {
      connection.post("/v1/certificates/" + number.hex() + "/revocation", Map.of("reason", why));
    }
    spec.commandLine().getOut().println("revoked " + number.hex() + " (" + why + ")");
    return 0;
  }
}
