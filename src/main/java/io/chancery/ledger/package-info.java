/**
 * The roll: an append-only record of every deed, written in the transaction of the deed itself.
 *
 * <p>An {@link io.chancery.ledger.Event} has a canonical body and its hash; the same event always
 * has the same body. What does not live here: the deeds, and any way to change an entry.
 *
 * <p>Start reading at {@link io.chancery.ledger.Ledger}.
 */
@NullMarked
@Room(
    floor = 1,
    mayImport = {"inventory", "sql"})
package io.chancery.ledger;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
