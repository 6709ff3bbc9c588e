package io.chancery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.Failure;
import io.chancery.warrant.Verdict;
import io.chancery.x509.Thumbprint;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A person's signature over what was proposed. */
@Command(
    name = "approve",
    header = "Sign that a proposal shall be carried out.",
    description = {
      "",
      "Shows what is proposed, decoded from its exact octets, works the hash out here, signs it "
          + "with your key (which does not leave this machine), and sends the signature. With "
          + "--show nothing is signed.",
      "",
      "The last approval that is needed also has it carried out. Exit code 0 also means that "
          + "others must still sign; what is printed last says which.",
      ""
    })
final class Approve implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Instance instance;
  @Mixin private Operator operator;

  @Parameters(paramLabel = "ID", description = "The proposal, as chancery approvals lists it.")
  private String id;

  @Option(
      names = "--comment",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Signed with it.")
  private String comment;

  @Option(
      names = "--sha256",
      paramLabel = "HEX",
      description = "Sign only if the octets have this hash.")
  private Optional<String> expected;

  @Option(
      names = "--octets",
      paramLabel = "FILE",
      description = "Keep the exact octets in this file.")
  private Optional<Path> octets;

  @ArgGroup private Instead instead = new Instead();

  /** What is done instead of approving. */
  static final class Instead {
    @Option(names = "--show", description = "Show it, and sign nothing.")
    boolean show;

    @Option(
        names = "--break-glass",
        paramLabel = "REASON",
        description =
            "Have it done now, on your word alone. Everyone is told, and nobody can do so again "
                + "before another person has reviewed it.")
    Optional<String> reason = Optional.empty();

    @Option(
        names = "--review",
        description = "Sign that you have looked at what somebody did alone.")
    boolean review;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Identity identity = operator.identity(instance);
    try (Connection connection = Connection.withCertificate(instance, identity)) {
      ProposalPaper paper = ProposalPaper.of(connection.get("/v1/approvals/" + PathPart.of(id)));
      paper.print(out);
      octets.ifPresent(file -> keep(paper, file));
      expected.ifPresent(hash -> mustBe(paper, Thumbprint.parse(hash)));
      if (!instead.show) {
        JsonNode answer = send(connection, paper, identity);
        out.println(
            instead.review
                ? "reviewed"
                : Problem.printable(
                    answer.path("state").asText() + "  " + answer.path("outcome").asText()));
      }
    }
    return 0;
  }

  private JsonNode send(Connection connection, ProposalPaper paper, Identity identity) {
    String path = "/v1/approvals/" + paper.id();
    if (instead.review) {
      return connection.post(
          "/v1/break-glass/" + paper.id() + "/review",
          Map.of("jws", paper.sign(identity, Verdict.REVIEW, comment), "comment", comment));
    }
    if (instead.reason.isPresent()) {
      String reason = instead.reason.get();
      return connection.post(
          path + "/break-glass",
          Map.of("jws", paper.sign(identity, Verdict.BREAK_GLASS, reason), "reason", reason));
    }
    return connection.post(
        path + "/endorsements",
        Map.of("jws", paper.sign(identity, Verdict.APPROVE, comment), "comment", comment));
  }

  private static void mustBe(ProposalPaper paper, Thumbprint hash) {
    if (!paper.sha256().equals(hash)) {
      throw new Failure.Refused(
              "exact-bytes",
              "the octets have the hash " + paper.sha256() + ", not " + hash,
              "find out which of the two was meant")
          .thrown();
    }
  }

  private static void keep(ProposalPaper paper, Path file) {
    try {
      Files.write(file, paper.octets());
    } catch (IOException cannot) {
      throw new Failure.Misconfigured(
              file.toString(), "the octets cannot be kept: " + cannot, "choose another file")
          .because(cannot);
    }
  }
}
