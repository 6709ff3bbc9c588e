package io.chancery.cli.ceremony;

import io.chancery.x509.IssuerName;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** An authority's keys and certificates, from one reviewed file. */
@Command(
    name = "ceremony",
    header = "Make an authority's keys and certificates from one reviewed file.",
    mixinStandardHelpOptions = true,
    description = {
      "",
      "Makes the root, the issuers, their OCSP responder keys and the ledger key as FILE says, and "
          + "writes root.pem, root.crl, a certificate for each issuer, chain.pem, authority.yaml "
          + "and transcript.txt. Run again, it goes on where it stopped; it never overwrites.",
      "",
      "With the root kept elsewhere it writes a request for each issuer, and takes the certificate "
          + "in when it is run again with --certificate.",
      ""
    },
    footer = {
      "",
      "Example: chancery ceremony ceremony.yaml --check",
      "         chancery ceremony ceremony.yaml",
      "         chancery ceremony ceremony.yaml --certificate issuing=issuing.pem",
      "",
      "docs/key-ceremony.md explains the file."
    })
public final class CeremonyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The ceremony file.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where the papers go (default: output of the file).")
  private Optional<Path> out;

  @Option(names = "--check", description = "Check everything and say it; do nothing.")
  private boolean check;

  @Option(
      names = "--certificate",
      paramLabel = "NAME=FILE",
      description = "An issuer's certificate that came back. May be repeated.")
  private Map<String, Path> certificates = new LinkedHashMap<>();

  @Option(
      names = "--chain",
      paramLabel = "FILE",
      description = "The authorities between it and the root, upwards, in PEM.")
  private Optional<Path> chain;

  @Override
  public Integer call() {
    PrintWriter print = spec.commandLine().getOut();
    CeremonySpec ceremony =
        out.map(folder -> CeremonySpec.load(file, folder)).orElseGet(() -> CeremonySpec.load(file));
    Ceremony held =
        new Ceremony(
            InstantSource.system(),
            new SecureRandom(),
            line -> {
              print.println(line);
              print.flush();
            });
    if (check) {
      held.rehearse(ceremony, returned());
      print.println("The file is good. Nothing was done.");
    } else {
      say(print, held.hold(ceremony, returned()));
    }
    print.flush();
    return 0;
  }

  private Returned returned() {
    Map<IssuerName, Path> named = new LinkedHashMap<>();
    certificates.forEach((name, path) -> named.put(new IssuerName(name), path));
    return new Returned(named, chain);
  }

  private void say(PrintWriter print, Ceremony.Outcome outcome) {
    switch (outcome) {
      case Ceremony.Outcome.Finished finished -> {
        print.println("The ceremony is finished: " + finished.authority());
        print.println("Compare and sign: " + finished.transcript());
      }
      case Ceremony.Outcome.FinishedBefore before ->
          print.println(
              "The ceremony was finished before; nothing was changed: " + before.authority());
      case Ceremony.Outcome.Waiting waiting -> {
        waiting.requests().forEach(request -> print.println("To be certified: " + request));
        print.println(
            "Then: chancery ceremony " + file + " --certificate NAME=FILE [--chain FILE]");
      }
    }
  }
}
