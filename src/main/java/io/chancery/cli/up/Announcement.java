package io.chancery.cli.up;

import io.chancery.Failure;
import io.chancery.HouseClock;
import io.chancery.PkiException;
import io.chancery.cli.local.DataDirectory;
import io.chancery.ledger.Proofs;
import io.chancery.ledger.Standing;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What {@code up} does once its service runs: settles the demo organization and the people, says
 * that the service is up, and stays until it is stopped.
 */
public final class Announcement implements QuarkusApplication {
  private static final int ATTEMPTS = 30;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  static final String DATA = "chancery.up.data";
  static final String ALLOWED = "chancery.up.allow";

  /** Where the JVM's start cache is or will be; said by the script chancery. */
  private static final String START_CACHE = "chancery.up.start-cache";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Whoever started this does something with it now; the cache has time. */
  private static final Duration UNTIL_TRAINING = Duration.ofSeconds(10);

  private final Household household;
  private final PeopleFiles people;
  private final Proofs proofs;
  private final Standing standing;
  private final HouseClock clock;
  private final Path data;
  private final List<String> allowed;

  @Inject
  Announcement(
      Household household,
      PeopleFiles people,
      Proofs proofs,
      Standing standing,
      HouseClock clock,
      @ConfigProperty(name = DATA, defaultValue = ".chancery") Path data,
      @ConfigProperty(name = ALLOWED, defaultValue = "internal.test,localhost")
          List<String> allowed) {
    this.household = household;
    this.people = people;
    this.proofs = proofs;
    this.standing = standing;
    this.clock = clock;
    this.data = data;
    this.allowed = allowed;
  }

  /** The arguments are the lines to say. */
  @Override
  public int run(String... lines) {
    DataDirectory directory = DataDirectory.open(data);
    directory.writeSecret(directory.ledgerKey(), proofs.verifierKey() + "\n");
    doubt()
        .ifPresentOrElse(
            doubt -> sayInDoubt(doubt),
            () -> {
              settle(directory);
              List.of(lines).forEach(System.out::println);
            });
    System.out.flush();
    stay();
    return 0;
  }

  /** Until it is stopped; meanwhile the next start is made quicker where nobody did so before. */
  private static void stay() {
    Optional<StartCache> wanted =
        Optional.ofNullable(System.getProperty(START_CACHE))
            .map(Path::of)
            .map(StartCache::new)
            .filter(StartCache::isWanted);
    Training training =
        Training.likeThisJvm(ManagementFactory.getRuntimeMXBean().getInputArguments());
    Optional<Thread> maker = wanted.map(cache -> later(() -> cache.make(training)));
    Quarkus.waitForExit();
    training.close();
    maker.ifPresent(Announcement::tidied);
  }

  private static Thread later(Runnable work) {
    return Thread.ofPlatform()
        .daemon()
        .name("start-cache")
        .start(
            () -> {
              LockSupport.parkNanos(UNTIL_TRAINING.toNanos());
              work.run();
            });
  }

  /** It deletes what it left behind, which takes no time. */
  private static void tidied(Thread maker) {
    LockSupport.unpark(maker);
    try {
      maker.join(PATIENCE);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  /** A database that is away for a moment must not end a service that has just come up. */
  private void settle(DataDirectory directory) {
    for (int attempt = 1; ; attempt++) {
      try {
        household.settle(directory, allowed);
        people.settle(directory);
        return;
      } catch (PkiException away) {
        if (attempt == ATTEMPTS || !(away.failure() instanceof Failure.Unavailable)) {
          throw away;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private Optional<Standing.Doubt> doubt() {
    return standing
        .doubt()
        .or(
            () ->
                clock
                    .dispute()
                    .map(HouseClock.Dispute::why)
                    .map(why -> why.split("; ", 2))
                    .map(both -> new Standing.Doubt(both[0], both[1])));
  }

  /** What is known is answered on the plain port; everything else waits for people. */
  private static void sayInDoubt(Standing.Doubt doubt) {
    System.out.println();
    System.out.println("Chancery is up and signs nothing: CRLs and OCSP are answered as they are.");
    System.out.println("  why   " + doubt.what());
    System.out.println("  then  " + doubt.remedy());
    System.out.println("It goes on by itself once that is done. Ctrl-C stops everything.");
  }
}
