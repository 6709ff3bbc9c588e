package io.chancery.chaos;

import io.chancery.chaos.machine.Signal;
import io.chancery.kill.Blow;
import io.chancery.kill.Victim;
import java.util.List;
import java.util.Random;

/** What happens to the service's process: killed, ended, frozen. */
final class ProcessFaults {
  private ProcessFaults() {}

  static List<Fault> of(Victim victim, Random random) {
    return List.of(
        fault(
            "the service is killed",
            () -> victim.strike(Blow.SERVICE, random),
            () -> restart(victim)),
        fault(
            "the service is ended", () -> Signal.TERM.to(victim.process()), () -> restart(victim)),
        fault(
            "the service is frozen",
            () -> Signal.STOP.to(victim.process()),
            () -> Signal.CONT.to(victim.process())));
  }

  private static void restart(Victim victim) {
    victim.awaitEnd();
    victim.start();
  }

  private static Fault fault(String name, Runnable begin, Runnable end) {
    return Fault.of(Part.MACHINE, name, begin, end);
  }
}
