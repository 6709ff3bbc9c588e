package io.chancery.cli.serve;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.Role;
import io.chancery.access.Access;
import io.chancery.access.Credential;
import io.chancery.cli.local.LocalDatabase;
import io.chancery.cli.local.LocalInstance;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Ledger;
import io.chancery.ledger.Losses;
import io.chancery.ledger.Restoration;
import io.chancery.x509.Der;
import io.chancery.x509.Pem;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Two persons give up a copy of the ledger that is lost. */
@Command(
    name = "accept-loss",
    header = "Accept, as two administrators, that the ledger's copy is lost.",
    description = {
      "",
      "The service signs nothing while the copy outside the database is gone. Bring it back if you "
          + "can: what it held beyond the database is given up here, and that stands on the roll "
          + "with both signatures.",
      "",
      "1. Without --signed, writes what is to be signed to STATEMENT.",
      "2. Two administrators sign it, each where their key is:",
      "     openssl dgst -sha256 -sign key.pem -out alice.sig STATEMENT",
      "3. With both, enters it; a running service goes on within seconds:",
      "     chancery accept-loss STATEMENT --reason 'disk burnt' \\",
      "       --signed alice.pem=alice.sig --signed bob.pem=bob.sig",
      ""
    })
public final class AcceptLoss implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "STATEMENT", description = "The file that is signed.")
  private Path statement;

  @Option(
      names = "--signed",
      paramLabel = "CERTIFICATE=SIGNATURE",
      description = "An administrator's certificate and their signature over the file.")
  private Map<Path, Path> signed = new HashMap<>();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "What happened.")
  private String reason;

  @Mixin private LocalInstance instance;

  @Override
  public Integer call() {
    List<String> arguments = new ArrayList<>(List.of(statement.toString(), reason));
    signed.forEach(
        (certificate, signature) -> {
          arguments.add(certificate.toString());
          arguments.add(signature.toString());
        });
    if (instance.isNamed()) {
      try (LocalDatabase database = instance.open(spec.commandLine().getErr()::println)) {
        run(instance.properties(database), arguments);
      }
    } else {
      run(Map.of(), arguments);
    }
    return 0;
  }

  private static void run(Map<String, String> where, List<String> arguments) {
    Map<String, String> properties = new HashMap<>(where);
    properties.put("quarkus.http.host-enabled", "false");
    properties.put("quarkus.management.host-enabled", "false");
    properties.put("quarkus.log.console.level", "FATAL");
    Boot.run(Accepting.class, properties, arguments);
  }

  /** Writes the statement, or enters what was signed. */
  public static final class Accepting implements QuarkusApplication {
    private final Losses losses;
    private final Restoration restoration;
    private final Access access;
    private final Ledger ledger;
    private final Transactions transactions;
    private final InstantSource clock;

    @Inject
    Accepting(
        Losses losses,
        Restoration restoration,
        Access access,
        Ledger ledger,
        Transactions transactions,
        InstantSource clock) {
      this.losses = losses;
      this.restoration = restoration;
      this.access = access;
      this.ledger = ledger;
      this.transactions = transactions;
      this.clock = clock;
    }

    @Override
    public int run(String... arguments) throws IOException {
      if (!restoration.copyIsLost()) {
        throw new Failure.Conflict("the ledger's copy", "is there", "nothing is to be accepted")
            .thrown();
      }
      Path statement = Path.of(arguments[0]);
      if (arguments.length == 2) {
        Files.writeString(statement, losses.statement());
        System.out.println("written: " + statement + "; two administrators sign it, see --help");
        return 0;
      }
      accept(statement, arguments);
      System.out.println("accepted; a running service goes on within seconds");
      return 0;
    }

    private void accept(Path statement, String... arguments) throws IOException {
      if (!Files.readString(statement).equals(losses.statement())) {
        throw new Failure.Conflict(
                statement.toString(), "is not about the database as it is now", "have it made anew")
            .thrown();
      }
      List<Losses.Word> words = new ArrayList<>();
      for (int i = 2; i + 1 < arguments.length; i += 2) {
        Der certificate = certificate(Path.of(arguments[i]));
        mustBeAdministrator(certificate, arguments[i]);
        words.add(
            new Losses.Word(certificate.octets(), Files.readAllBytes(Path.of(arguments[i + 1]))));
      }
      Map<String, String> facts = losses.facts(arguments[1], words);
      Caller self = new Caller.Authority("accept-loss");
      transactions.run(
          () ->
              ledger.append(
                  new Event(
                      clock.instant(),
                      EventKind.LEDGER_LOSS_ACCEPTED,
                      self.name(),
                      self.organization(),
                      "",
                      facts)));
    }

    private void mustBeAdministrator(Der certificate, String file) {
      Caller person = access.authenticate(new Credential.ClientCertificate(certificate));
      if (!person.roles().contains(Role.ADMIN) || !person.actsForAll()) {
        throw new Failure.Forbidden(file, "the role admin").thrown();
      }
    }

    private static Der certificate(Path file) throws IOException {
      return Pem.decode(Pem.CERTIFICATE, Files.readString(file)).getFirst();
    }
  }
}
