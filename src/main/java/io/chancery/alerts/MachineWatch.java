package io.chancery.alerts;

import io.chancery.HouseClock;
import io.chancery.OrganizationId;
import io.chancery.disks.DiskWatch;
import io.chancery.visibility.Replicas;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is wrong with the machine that this replica runs on: its clock, its disks. */
@Singleton
final class MachineWatch {
  private static final String CLOCK = "clock";
  private static final String DISK = "disk";

  private final HouseClock clock;
  private final DiskWatch disks;
  private final Replicas replicas;

  @Inject
  MachineWatch(HouseClock clock, DiskWatch disks, Replicas replicas) {
    this.clock = clock;
    this.disks = disks;
    this.replicas = replicas;
  }

  /**
   * All there is now.
   *
   * @param prefixes of every finding of this replica, those that are no more among them
   */
  record Found(List<String> prefixes, List<Finding> findings) {}

  Found find() {
    List<Finding> found = new ArrayList<>();
    clock
        .dispute()
        .ifPresent(
            dispute ->
                found.add(
                    finding(
                        CLOCK,
                        String.valueOf(dispute.since()),
                        "no certificates are issued: " + dispute.why(),
                        dispute.since())));
    disks
        .troubles()
        .forEach(
            trouble ->
                found.add(
                    finding(
                        DISK,
                        trouble.what() + "/" + trouble.since(),
                        trouble.why(),
                        trouble.since())));
    return new Found(List.of(prefix(CLOCK), prefix(DISK)), found);
  }

  private Finding finding(String kind, String which, String why, Instant since) {
    return new Finding(
        prefix(kind) + which,
        kind,
        Severity.CRITICAL,
        OrganizationId.AUTHORITY,
        Optional.empty(),
        "replica " + replicas.name() + ": " + why,
        since);
  }

  private String prefix(String kind) {
    return kind + "/" + replicas.name() + "/";
  }
}
