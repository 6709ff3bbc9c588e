package io.chancery.cli.bench;

import io.chancery.cli.bench.crowd.Answers;

/**
 * What certificates have cost.
 *
 * @param application CPU seconds of the service, the token inside of it included
 * @param database CPU seconds of all PostgreSQL processes
 */
public record Spent(Answers answers, double application, double database) {
  public double applicationMillis() {
    return 1e3 * application / answers.good();
  }

  public double databaseMillis() {
    return 1e3 * database / answers.good();
  }

  double serverMillis() {
    return applicationMillis() + databaseMillis();
  }
}
