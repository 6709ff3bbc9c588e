package io.chancery.cli.ceremony;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.hsm.Hsm;
import io.chancery.hsm.SigningKey;
import io.chancery.x509.IssuerName;
import io.chancery.x509.KeyAlgorithm;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes an authority's keys and certificates as one reviewed file says. What an earlier run left is
 * found, checked and kept, so that a ceremony that stopped goes on where it was, and a finished one
 * changes nothing.
 */
public final class Ceremony {
  private final InstantSource clock;
  private final SecureRandom random;
  private final Consumer<String> progress;

  /**
   * @param progress is told each step, one plain line
   */
  public Ceremony(InstantSource clock, SecureRandom random, Consumer<String> progress) {
    this.clock = clock;
    this.random = random;
    this.progress = progress;
  }

  /** How a run ended. */
  public sealed interface Outcome {
    /** All is there now; the transcript of this run says what was done. */
    record Finished(Path authority, Path transcript) implements Outcome {}

    /** All was there before; nothing was changed. */
    record FinishedBefore(Path authority) implements Outcome {}

    /** Requests wait to be certified elsewhere. */
    record Waiting(List<Path> requests) implements Outcome {
      public Waiting {
        requests = List.copyOf(requests);
      }
    }
  }

  /** Holds the ceremony. A failure leaves a transcript of what was done before it. */
  public Outcome hold(CeremonySpec spec, Returned returned) {
    Transcript transcript = new Transcript(spec, clock, progress);
    Table table = new Table(spec, new Papers(spec.output()), transcript, clock, random);
    mustBeAwaited(spec, returned);
    try {
      List<Path> requests = make(table, returned);
      Optional<Path> written = write(table);
      Path authority = table.papers().file(CeremonySpec.AUTHORITY);
      if (!requests.isEmpty()) {
        return new Outcome.Waiting(requests);
      }
      return written
          .<Outcome>map(path -> new Outcome.Finished(authority, path))
          .orElseGet(() -> new Outcome.FinishedBefore(authority));
    } catch (RuntimeException stopped) {
      transcript.stopped(
          stopped instanceof PkiException known ? known.failure().detail() : "a bug");
      if (transcript.somethingWasDone()) {
        write(table);
      }
      throw stopped;
    }
  }

  /** Checks the file and all it names, and says what a ceremony would do; does none of it. */
  public void rehearse(CeremonySpec spec, Returned returned) {
    mustBeAwaited(spec, returned);
    Transcript transcript = new Transcript(spec, clock, progress);
    new Rehearsal(new Table(spec, new Papers(spec.output()), transcript, clock, random), progress)
        .hold(returned);
  }

  /** The requests that wait, if there are any; else the authority is whole. */
  private static List<Path> make(Table table, Returned returned) {
    CeremonySpec spec = table.spec();
    try (Hsm hsm = KeyPlace.open(spec.token(), table.transcript())) {
      KeyRing keys = new KeyRing(hsm, table.transcript());
      AuthorityPaper authority = new AuthorityPaper(table, hsm);
      List<Path> requests = new ArrayList<>();
      try (Certifier root = certifier(table, keys, returned)) {
        for (IssuerSpec issuer : spec.issuers()) {
          SigningKey key = keys.key(issuer.keyLabel(), List.of(issuer.key()), about(table, issuer));
          SigningKey responder =
              keys.key(issuer.responderLabel(), List.of(issuer.responderKey()), whole(table));
          root.certify(issuer, key)
              .ifPresentOrElse(
                  certified -> authority.add(issuer, certified, key, responder),
                  () -> requests.add(table.papers().file(issuer.requestFile())));
        }
      }
      SigningKey ledger = keys.key(CeremonySpec.LEDGER_LABEL, ledgerKeys(spec), whole(table));
      if (requests.isEmpty()) {
        authority.publish(ledger);
      }
      return requests;
    }
  }

  private static Certifier certifier(Table table, KeyRing keys, Returned returned) {
    return switch (table.spec().root()) {
      case RootSpec.Here here -> OwnRoot.prepare(table, here, keys);
      case RootSpec.Elsewhere elsewhere -> ForeignRoot.prepare(table, elsewhere, returned);
    };
  }

  static List<KeyAlgorithm> ledgerKeys(CeremonySpec spec) {
    return spec.ledgerKey()
        .map(List::of)
        .orElse(List.of(KeyAlgorithm.ED25519, KeyAlgorithm.EC_P256));
  }

  private static Optional<Path> about(Table table, IssuerSpec issuer) {
    return table.papers().first(issuer.certificateFile(), issuer.requestFile());
  }

  private static Optional<Path> whole(Table table) {
    return table.papers().first(CeremonySpec.AUTHORITY);
  }

  /** A run that did nothing leaves nothing, unless a crash took the only transcript. */
  private static Optional<Path> write(Table table) {
    if (!table.transcript().somethingWasDone() && table.papers().hasTranscript()) {
      return Optional.empty();
    }
    Path file = table.papers().freeTranscript();
    NewFile.folder(table.spec().output());
    NewFile.open(file, table.transcript().text(table.papers().hashes()));
    return Optional.of(file);
  }

  private static void mustBeAwaited(CeremonySpec spec, Returned returned) {
    List<IssuerName> names = spec.issuers().stream().map(IssuerSpec::name).toList();
    for (IssuerName name : returned.certificates().keySet()) {
      if (!names.contains(name) || spec.root() instanceof RootSpec.Here) {
        throw new Failure.Misconfigured(
                "--certificate " + name,
                "no certificate is awaited for it",
                "give it for an issuer of the file, with the root kept elsewhere")
            .thrown();
      }
    }
    if (returned.chain().isPresent() && returned.certificates().isEmpty()) {
      throw new Failure.Misconfigured(
              "--chain", "comes without a certificate", "give --certificate NAME=FILE as well")
          .thrown();
    }
  }
}
