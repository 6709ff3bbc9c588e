/**
 * What must be renewed before it ends: the OCSP responders' certificates and the authority's own
 * server certificate.
 *
 * <p>Both are issued by {@code enrolment}, like everyone's. {@link io.chancery.rotation.Opening}
 * tells what happens at start, in order, before a listener opens. What does not live here: warnings
 * about what others must renew ({@code alerts}).
 */
@NullMarked
@Room(
    floor = 4,
    mayImport = {
      "hsm",
      "profile",
      "issuance",
      "inventory",
      "ledger",
      "note",
      "access",
      "foreign",
      "handshake",
      "timekeeping",
      "enrolment",
      "revocation",
      "ocsp",
      "visibility"
    })
package io.chancery.rotation;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
