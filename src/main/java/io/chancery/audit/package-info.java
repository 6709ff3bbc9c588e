/**
 * The auditor: recomputes the roll from its copy and from the database, holds the book against it,
 * and names every entry that differs.
 *
 * <p>Its own SQL and its own comparisons, on purpose: it does not trust what the other rooms say
 * about their tables, only the format of the entries and the arithmetic of the tree. It changes
 * nothing. What does not live here: replaying and repairing, which is the ledger's.
 *
 * <p>Start reading at {@link io.chancery.audit.Audit}.
 */
@NullMarked
@Room(
    floor = 4,
    mayImport = {"ledger", "tree", "note", "warrant"})
package io.chancery.audit;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
