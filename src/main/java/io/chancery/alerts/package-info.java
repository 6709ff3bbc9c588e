/**
 * What wants attention before it becomes an outage.
 *
 * <p>A job gathers facts, {@link io.chancery.alerts.Watch} judges them (a pure function), and each
 * finding becomes one alert, once: in the table, in the log, in a gauge. What does not live here:
 * the renewal of the authority's own certificates ({@code rotation}).
 *
 * <p>Start reading at {@link io.chancery.alerts.Watch}.
 */
@NullMarked
@Room(
    floor = 4,
    mayImport = {
      "access",
      "hsm",
      "inventory",
      "issuance",
      "ledger",
      "rotation",
      "revocation",
      "compromise",
      "enrolment",
      "approval",
      "visibility",
      "canary",
      "timekeeping",
      "disks"
    })
package io.chancery.alerts;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
