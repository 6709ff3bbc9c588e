package io.chancery.chaos;

import io.chancery.chaos.database.DatabaseFault;
import io.chancery.chaos.database.Faults;
import io.chancery.cli.local.KillablePostgres;
import io.chancery.kill.Victim;
import io.chancery.testing.FaultyModule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** The parts that shall fail. */
record Choice(Set<Part> parts) {
  /** {@code all}, or some of {@code hsm,database,machine}. */
  static Choice named(String words) {
    Set<Part> parts = EnumSet.noneOf(Part.class);
    if (words.equals("all")) {
      return new Choice(EnumSet.allOf(Part.class));
    }
    Arrays.stream(words.split(","))
        .map(word -> Part.valueOf(word.strip().toUpperCase(Locale.ROOT)))
        .forEach(parts::add);
    return new Choice(parts);
  }

  private static List<Fault> database(Victim victim) {
    return Faults.of(KillablePostgres.of(victim.data())).stream().map(Choice::adapted).toList();
  }

  private static Fault adapted(DatabaseFault fault) {
    return Fault.of(Part.DATABASE, fault.name(), fault::begin, fault::end);
  }

  /** Their faults, each part with all of its own. */
  List<Fault> faults(Victim victim, FaultyModule module, Random random) {
    List<Fault> all = new ArrayList<>();
    for (Part part : parts) {
      all.addAll(
          switch (part) {
            case HSM -> HsmFaults.of(module);
            case DATABASE -> database(victim);
            case MACHINE -> ProcessFaults.of(victim, random);
          });
    }
    return all;
  }
}
