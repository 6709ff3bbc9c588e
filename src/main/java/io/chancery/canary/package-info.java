/**
 * One that goes first: every minute a short-lived certificate is issued, used, revoked and asked
 * for through the public addresses, as a client and a validator would.
 *
 * <p>Start reading at {@link io.chancery.canary.Canary}. What does not live here: the alert about
 * what it finds ({@code alerts}).
 */
@NullMarked
@Room(
    floor = 4,
    mayImport = {
      "profile",
      "inventory",
      "ledger",
      "issuance",
      "enrolment",
      "revocation",
      "ocsp",
      "rotation",
      "handshake"
    })
package io.chancery.canary;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
