package io.chancery.cli.up;

import io.chancery.HouseClock;
import io.chancery.cli.local.DataDirectory;
import io.chancery.ledger.Proofs;
import io.chancery.ledger.Standing;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What {@code up} does once its service runs: settles the demo organization and the people, says
 * that the service is up, and stays until it is stopped.
 */
public final class Announcement implements QuarkusApplication {
  static final String DATA = "chancery.up.data";
  static final String ALLOWED = "chancery.up.allow";

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
              household.settle(directory, allowed);
              people.settle(directory);
              List.of(lines).forEach(System.out::println);
            });
    System.out.flush();
    Quarkus.waitForExit();
    return 0;
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
