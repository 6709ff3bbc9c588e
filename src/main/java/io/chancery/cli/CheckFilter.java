package io.chancery.cli;

import io.chancery.Failure;
import io.chancery.filter.RevocationFilter;
import io.chancery.filter.RevocationFilter.RefusedException;
import io.chancery.filter.RevocationFilter.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a downloaded filter says of a certificate; asks nobody. */
@Command(
    name = "check-filter",
    header = "Ask a downloaded revocation filter about a certificate.",
    exitCodeOnExecutionException = 2,
    description = {
      "",
      "Checks the filter's signature and its time, then looks the certificate up. Nothing is asked "
          + "over the network. The certificate's path is not validated here.",
      "",
      "Exit code 0 for good, 1 for revoked or on hold, 2 where the filter does not cover it or "
          + "must not be used.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  curl -o issuing.filter http://localhost:8080/filter/issuing.filter",
      "  chancery check-filter --filter issuing.filter --key \"$(cat .chancery/trust/ledger.vkey)\" "
          + "cert.pem issuer.pem",
      "More in docs/filter.md."
    })
final class CheckFilter implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--filter",
      required = true,
      paramLabel = "FILE",
      description = "The filter, from /filter/ISSUER.filter of the service.")
  private Path filter;

  @Option(
      names = "--key",
      required = true,
      paramLabel = "VKEY",
      description = "The ledger's verifier key, name+id+key, from where you trust it.")
  private String key;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "As of this time, like 2026-01-31T12:00:00Z, instead of now.")
  private Optional<Instant> at;

  @Parameters(index = "0", paramLabel = "CERTIFICATE", description = "The certificate, PEM.")
  private Path certificate;

  @Parameters(index = "1", paramLabel = "ISSUER", description = "Its issuer's certificate, PEM.")
  private Path issuer;

  @Override
  public Integer call() {
    X509Certificate asked = PemFiles.certificates(certificate).getFirst();
    X509Certificate by = PemFiles.certificates(issuer).getFirst();
    try {
      RevocationFilter opened = RevocationFilter.open(Files.readAllBytes(filter), key);
      Verdict verdict = opened.verdict(asked, by, at.orElseGet(InstantSource.system()::instant));
      print(verdict, asked, opened);
      return switch (verdict) {
        case GOOD -> 0;
        case REVOKED -> 1;
        case NOT_COVERED -> 2;
      };
    } catch (RefusedException refused) {
      throw new Failure.Refused(
              refused.reason().name(),
              "the filter must not be used: " + refused.getMessage(),
              "download it anew; compare --key with the one that you were given")
          .because(refused);
    } catch (IOException cannot) {
      throw new Failure.Misconfigured(filter.toString(), "cannot be read", "give it with --filter")
          .because(cannot);
    }
  }

  private void print(Verdict verdict, X509Certificate asked, RevocationFilter opened) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(verdict + " " + asked.getSerialNumber().toString(16));
    RevocationFilter.Facts facts = opened.facts();
    out.printf(
        "  filter %d of %s, %s to %s, covers %d certificates begun before %s, %d revoked%n",
        facts.number(),
        Problem.printable(facts.issuer()),
        facts.thisUpdate(),
        facts.nextUpdate(),
        opened.issued(),
        facts.cut(),
        opened.revoked());
  }
}
