/**
 * The closet of running the service as an operator's configuration says: {@code serve}, and {@code
 * administrator}, which makes the first administrator's certificate.
 *
 * <p>{@code up} lays a foundation first and then boots the service through the same {@link
 * io.chancery.cli.serve.Boot}.
 */
@NullMarked
@Room(
    floor = 5,
    mayImport = {
      "local",
      "profile",
      "inventory",
      "issuance",
      "ledger",
      "access",
      "enrolment",
      "handshake"
    })
package io.chancery.cli.serve;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
