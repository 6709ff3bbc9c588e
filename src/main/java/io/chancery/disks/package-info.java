/**
 * Whether what the service writes outside the database can still be written: the log, the ledger's
 * copy in a folder, the published CRLs.
 *
 * <p>A full disk stops what needs it and nothing else; here it is only noticed and told of. What
 * does not live here: the database's disk (its server refuses by itself), and how long the copy of
 * the ledger may be behind ({@code ledger}).
 *
 * <p>Start reading at {@link io.chancery.disks.DiskWatch}.
 */
@NullMarked
@Room(floor = 1)
package io.chancery.disks;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
