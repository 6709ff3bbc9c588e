/**
 * The closet of reading a database as an auditor: one snapshot, rows one after the other, columns
 * held against the facts of events.
 *
 * <p>Start reading at {@link io.chancery.audit.rows.Snapshot}.
 */
@NullMarked
@Room(
    floor = 4,
    mayImport = {"ledger", "report"})
package io.chancery.audit.rows;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
