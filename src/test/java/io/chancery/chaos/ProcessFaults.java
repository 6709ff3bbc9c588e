package io.chancery.chaos;

import io.chancery.kill.Blow;
import io.chancery.kill.Victim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What happens to the service's process: killed, ended, frozen. */
final class ProcessFaults {
  private ProcessFaults() {}

  static List<Fault> of(Victim victim, Random random) {
    return List.of(
        fault(
            "the service is killed",
            () -> victim.strike(Blow.SERVICE, random),
            () -> restart(victim)),
        fault("the service is ended", () -> victim.process().destroy(), () -> restart(victim)),
        fault(
            "the service is frozen",
            () -> signal("-STOP", victim.process()),
            () -> signal("-CONT", victim.process())));
  }

  private static void restart(Victim victim) {
    victim.awaitEnd();
    victim.start();
  }

  private static void signal(String signal, ProcessHandle process) {
    try {
      Process kill = new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start();
      kill.waitFor(10, TimeUnit.SECONDS);
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static Fault fault(String name, Runnable begin, Runnable end) {
    return new Fault() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Part part() {
        return Part.MACHINE;
      }

      @Override
      public void begin() {
        begin.run();
      }

      @Override
      public void end() {
        end.run();
      }
    };
  }
}
