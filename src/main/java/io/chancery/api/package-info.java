/**
 * The HTTP door: JSON and PEM resources, problem documents, the public status files.
 *
 * <p>Resources parse, call one method of a deed, and show the result. Every route says with {@link
 * io.chancery.api.Allow} whom it serves; one that says nothing serves nobody. {@link
 * io.chancery.api.problem.PkiProblems} is the one table from a failure to an answer (RFC 9457).
 *
 * <p>Start reading at {@link io.chancery.api.CertificatesResource}.
 */
@NullMarked
@Room(
    floor = 5,
    mayImport = {
      "profile",
      "inventory",
      "ledger",
      "tree",
      "note",
      "access",
      "issuance",
      "enrolment",
      "revocation",
      "filter",
      "ocsp",
      "rotation",
      "alerts",
      "visibility"
    })
package io.chancery.api;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
