/**
 * Who belongs: people whose roles give them power over others, and partners from their invitation
 * to the proof that nothing of theirs is valid any more.
 *
 * <p>What does not live here: what people and organizations are ({@code access}), and how others
 * approve ({@code approval}).
 *
 * <p>Start reading at {@link io.chancery.membership.Powers}.
 */
@NullMarked
@Room(
    floor = 4,
    mayImport = {
      "access",
      "approval",
      "warrant",
      "inventory",
      "mass",
      "ledger",
      "bulk",
      "enrolment"
    })
package io.chancery.membership;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
