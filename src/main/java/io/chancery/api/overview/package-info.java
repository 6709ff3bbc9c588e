/**
 * The door's closet for who keeps the service running: everything on one page, on the listener for
 * monitoring.
 *
 * <p>Start reading at {@link io.chancery.api.overview.Overview}.
 */
@NullMarked
@Room(
    floor = 5,
    mayImport = {
      "inventory",
      "ledger",
      "revocation",
      "ocsp",
      "alerts",
      "visibility",
      "parts",
      "warrant"
    })
package io.chancery.api.overview;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
