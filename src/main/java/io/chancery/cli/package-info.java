/**
 * The command line: one small class a command, and what they share.
 *
 * <p>A client command speaks to a running instance over https with PEM files ({@link
 * io.chancery.cli.Connection}) and boots nothing. Starting an instance lives in the closet {@code
 * up}. What does not live here: any rule; a command asks the service and prints what it says.
 *
 * <p>Start reading at {@link io.chancery.cli.Chancery}.
 */
@NullMarked
@Room(
    floor = 5,
    mayImport = {
      "up",
      "local",
      "ceremony",
      "serve",
      "demo",
      "node",
      "bench",
      "hsm",
      "backup",
      "audit",
      "report",
      "rows",
      "note",
      "witness",
      "issuance",
      "filter",
      "warrant",
      "handshake"
    })
package io.chancery.cli;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
