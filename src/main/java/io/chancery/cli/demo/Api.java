package io.chancery.cli.demo;

import io.chancery.cli.local.Addresses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The service's API, spoken to with curl. */
final class Api {
  private static final String ANSWER = "answer.json";
  private static final String JSON = "Content-Type: application/json";

  private final Addresses addresses;
  private final Shell shell;
  private final Workshop workshop;

  Api(Addresses addresses, Shell shell, Workshop workshop) {
    this.addresses = addresses;
    this.shell = shell;
    this.workshop = workshop;
  }

  Reply get(As who, String path) {
    return reply(shell.run(command(who, path)));
  }

  /** Asks without showing it. */
  Reply look(As who, String path) {
    return reply(shell.quietly(command(who, path)));
  }

  /** Sends JSON: the text itself, or {@code @file}. */
  Reply post(As who, String path, String json) {
    return reply(shell.run(command(who, path, "-H", JSON, "-d", json)));
  }

  /** Sends a certificate request as it is; the certificate and its chain go to {@code file}. */
  int request(As who, String profile, Holder holder) {
    List<String> command =
        commandInto(
            holder.certificate(),
            who,
            "/v1/certificates?profile=" + profile,
            "-H",
            "Content-Type: application/pkcs10",
            "-H",
            "Accept: application/pem-certificate-chain",
            "--data-binary",
            "@" + holder.request());
    return status(shell.run(command));
  }

  private List<String> command(As who, String path, String... more) {
    return commandInto(ANSWER, who, path, more);
  }

  private List<String> commandInto(String file, As who, String path, String... more) {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "--cacert", "trust/root.pem"));
    Stream.of(who.options(), Arrays.asList(more)).forEach(command::addAll);
    command.addAll(List.of("-o", file, "-w", "%{http_code}", addresses.https() + path));
    return command;
  }

  private Reply reply(Answer answer) {
    return new Reply(status(answer), workshop.read(ANSWER));
  }

  private static int status(Answer answer) {
    answer.orTrouble("see whether the instance still runs: ./chancery status");
    return Integer.parseInt(answer.lastLine());
  }
}
