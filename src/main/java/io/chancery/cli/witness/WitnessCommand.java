package io.chancery.cli.witness;

import io.chancery.Failure;
import io.chancery.Quoted;
import io.chancery.ledger.note.NoteKey;
import io.chancery.ledger.note.NoteSigner;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Another party's eyes on the ledger. */
@Command(
    name = "witness",
    header = "Watch a ledger: cosign its checkpoints as long as it only grows.",
    description = {
      "",
      "A witness speaks C2SP tlog-witness: a ledger shows it every checkpoint, and it cosigns those "
          + "that go on from the last one it saw. Run it where the authority's operators have no "
          + "access. It prints its verifier key, which the authority is configured with.",
      "",
      "  chancery witness --log 'chancery.internal/5f0c…+7d1b2c3a+AXk…'",
      "  chancery witness --log @logs.txt --listen 192.0.2.7:8470",
      ""
    })
public final class WitnessCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8470",
      description = "Where to listen for plain http (${DEFAULT-VALUE}).")
  private String listen;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = ".chancery-witness",
      description =
          "Its key, and what it has seen (${DEFAULT-VALUE}). Losing it means beginning anew.")
  private Path data;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The name of a new witness; by default one made from its key.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--log",
      paramLabel = "VKEY",
      arity = "1..*",
      required = true,
      description = "A log to watch, by its verifier key; or @FILE, one of them on each line.")
  private List<String> logs;

  @Override
  public Integer call() throws InterruptedException {
    List<NoteKey> keys = logs.stream().map(NoteKey::parse).toList();
    PrintWriter out = spec.commandLine().getOut();
    CountDownLatch end = new CountDownLatch(1);
    try (WitnessFolder folder = WitnessFolder.open(data)) {
      NoteSigner signer = folder.signer(name);
      Observations observations =
          new Observations(keys, signer, folder.place(), InstantSource.system());
      try (WitnessServer server =
          WitnessServer.start(address(listen), observations, out::println)) {
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "witness-end"));
        out.println("verifier key  " + signer.key().vkey());
        out.println("listening on  " + server.uri());
        keys.forEach(key -> out.println("watching      " + key.name()));
        out.flush();
        end.await();
      }
    }
    return 0;
  }

  static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    try {
      String host = text.substring(0, Math.max(colon, 0)).replace("[", "").replace("]", "");
      InetSocketAddress address =
          new InetSocketAddress(host, Integer.parseInt(text.substring(colon + 1)));
      if (colon > 0 && !address.isUnresolved()) {
        return address;
      }
    } catch (IllegalArgumentException noPort) {
      throw listens(text).because(noPort);
    }
    throw listens(text).thrown();
  }

  private static Failure listens(String text) {
    return new Failure.Misconfigured(
        "--listen " + Quoted.of(text), "is not HOST:PORT", "for example 127.0.0.1:8470");
  }
}
