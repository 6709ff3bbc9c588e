/**
 * The closet of {@code chancery up}: from nothing to a running service on this machine, and back.
 *
 * <p>The token and the authority's papers, the start of the service and the order in which
 * everything stops. What does not live here: the data directory and its PostgreSQL ({@code local}),
 * and the service itself; it is told by system properties where things are, as in production.
 *
 * <p>Start reading at {@link io.chancery.cli.up.Up}.
 */
@NullMarked
@Room(
    floor = 5,
    mayImport = {
      "hsm",
      "local",
      "node",
      "ceremony",
      "serve",
      "profile",
      "inventory",
      "ledger",
      "note",
      "issuance",
      "access",
      "enrolment"
    })
package io.chancery.cli.up;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
