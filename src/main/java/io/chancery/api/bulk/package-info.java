/**
 * The door's closet for what ends many certificates: lists of them, and keys that others know.
 *
 * <p>Start reading at {@link io.chancery.api.bulk.BulkResource}, then {@link
 * io.chancery.api.bulk.CompromisedKeysResource}.
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
package io.chancery.api.bulk;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
