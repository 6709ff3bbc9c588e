/**
 * The door's closet for what ends many certificates: lists of them, and keys that others know.
 *
 * <p>Start reading at {@link io.chancery.api.many.BulkResource}, then {@link
 * io.chancery.api.many.CompromisedKeysResource}.
 */
@NullMarked
@Room(
    floor = 5,
    mayImport = {
      "api",
      "inventory",
      "mass",
      "revocation",
      "bulk",
      "compromise",
      "approval",
      "warrant"
    })
package io.chancery.api.many;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
