package io.chancery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.Failure;
import io.chancery.ledger.note.Note;
import io.chancery.ledger.note.NoteKey;
import io.chancery.x509.RevocationReason;
import io.chancery.x509.SerialNumber;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "Wait until everyone can see it, at most so long (up to 30), and say who can.")
  private int wait;

  @Option(
      names = "--receipt",
      paramLabel = "FILE",
      description = "Keep the authority's signed receipt of when it became visible, and where.")
  private Optional<Path> receipt;

  @Override
  public Integer call() {
    SerialNumber number = SerialNumber.parse(serial);
    String why = RevocationReason.parse(reason).text();
    Duration patience = Duration.ofSeconds(receipt.isPresent() ? Math.max(1, wait) : wait);
    JsonNode answer;
    try (Connection connection =
        Connection.withCertificate(instance, operator.identity(instance))) {
      answer =
          connection.post(
              "/v1/certificates/" + number.hex() + "/revocation", Map.of("reason", why), patience);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("revoked " + number.hex() + " (" + why + ")");
    answer.path("visibility").path("channels").forEach(channel -> print(out, channel));
    receipt.ifPresent(file -> keep(out, file, answer.path("receipt").asText()));
    return 0;
  }

  private static void print(PrintWriter out, JsonNode channel) {
    String who =
        channel.has("replica")
            ? channel.path("replica").asText()
            : channel.has("crlNumber") ? "CRL " + channel.path("crlNumber").asText() : "";
    String when =
        channel.path("state").asText().equals("visible")
            ? "since " + channel.path("at").asText("before it is remembered")
            : "not yet";
    String name = channel.path("channel").asText();
    // A replica's id says nothing to people; its name does.
    String where = name.startsWith("ocsp/") ? "ocsp" : name;
    out.println(Problem.printable("  %-8s %-28s %s".formatted(where, who, when)));
  }

  /** Kept as it came; what is kept has been checked where the ledger's key is at hand. */
  private void keep(PrintWriter out, Path file, String text) {
    if (text.isEmpty()) {
      throw new Failure.Misconfigured(
              instance.url().toString(),
              "has revoked the certificate and gave no receipt",
              "ask again: GET /v1/certificates/{serial}/visibility with Accept: text/plain")
          .thrown();
    }
    Optional<Path> key = Optional.of(instance.data().ledgerKey()).filter(Files::exists);
    try {
      Files.writeString(file, text);
      if (key.isPresent()) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        Note.parse(octets).verified(List.of(NoteKey.parse(Files.readString(key.get()).strip())));
      }
    } catch (IOException cannot) {
      throw new Failure.Misconfigured(
              file.toString(), "the receipt cannot be kept: " + cannot, "choose another file")
          .because(cannot);
    }
    out.println(
        "receipt in "
            + file
            + key.map(path -> ", signed by the key in " + path)
                .orElse("; its signature was not checked: there is no trust/ledger.vkey here"));
  }
}
