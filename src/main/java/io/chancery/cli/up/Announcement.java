package io.chancery.cli.up;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;

/** Says that the service is up, once its listeners are open, and stays until it is stopped. */
public final class Announcement implements QuarkusApplication {
  /** The arguments are the lines to say. */
  @Override
  public int run(String... lines) {
    for (String line : lines) {
      System.out.println(line);
    }
    System.out.flush();
    Quarkus.waitForExit();
    return 0;
  }
}
