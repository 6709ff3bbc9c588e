/**
 * The one path from a request to a certificate.
 *
 * <p>Renewal is enrolment that replaces; preview is enrolment that stops before signing. {@link
 * io.chancery.enrolment.Enrolment} tells the order of writes, and what a crash leaves at each step.
 * What does not live here: whether a profile agrees ({@code profile}), how a certificate is built
 * and signed ({@code issuance}), where it is kept ({@code inventory}).
 */
@NullMarked
@Room(
    floor = 3,
    mayImport = {
      "profile",
      "issuance",
      "inventory",
      "sql",
      "together",
      "ledger",
      "access",
      "warrant",
      "approval"
    })
package io.chancery.enrolment;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
