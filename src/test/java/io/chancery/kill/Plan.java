package io.chancery.kill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One kill, drawn before anything happens.
 *
 * @param early while the service is still starting after the kill before
 * @param pause since it serves again, or since that start began
 */
record Plan(int round, Blow blow, boolean early, Duration pause) {
  static List<Plan> draw(int rounds, RandomGenerator random) {
    List<Plan> plans = new ArrayList<>();
    boolean starting = false;
    for (int round = 1; round <= rounds; round++) {
      boolean early = starting && random.nextInt(5) == 0;
      Blow blow = early ? Blow.duringAStart(random) : Blow.any(random);
      Duration pause = Duration.ofMillis(random.nextInt(200, early ? 6_000 : 2_000));
      plans.add(new Plan(round, blow, early, pause));
      starting = blow.hitsTheService();
    }
    return plans;
  }
}
