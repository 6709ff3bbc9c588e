package io.chancery.cli.up;

import io.chancery.cli.local.DataDirectory;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What {@code up} does once its service runs: settles the demo organization and the administrator,
 * says that the service is up, and stays until it is stopped.
 */
public final class Announcement implements QuarkusApplication {
  static final String DATA = "chancery.up.data";
  static final String ALLOWED = "chancery.up.allow";

  private final Household household;
  private final AdministratorFiles administrator;
  private final Path data;
  private final List<String> allowed;

  @Inject
  Announcement(
      Household household,
      AdministratorFiles administrator,
      @ConfigProperty(name = DATA, defaultValue = ".chancery") Path data,
      @ConfigProperty(name = ALLOWED, defaultValue = "internal.test,localhost")
          List<String> allowed) {
    this.household = household;
    this.administrator = administrator;
    this.data = data;
    this.allowed = allowed;
  }

  /** The arguments are the lines to say. */
  @Override
  public int run(String... lines) {
    DataDirectory directory = DataDirectory.open(data);
    household.settle(directory, allowed);
    administrator.settle(directory);
    for (String line : lines) {
      System.out.println(line);
    }
    System.out.flush();
    Quarkus.waitForExit();
    return 0;
  }
}
