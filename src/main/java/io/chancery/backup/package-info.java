/**
 * Backup and restoration of an instance's database, in one encrypted file that is checked after
 * writing.
 *
 * <p>The file is a CMS message ({@link io.chancery.backup.Envelope}) around a compressed tar
 * ({@link io.chancery.backup.ArchiveWriter}) with every table as PostgreSQL's COPY writes it, the
 * public papers of the authority, and a {@link io.chancery.backup.Manifest} that counts and hashes
 * all of it. It is read with plain JDBC, table by table and in constant memory, and knows no table
 * by its meaning, so that what other rooms add is in it without a word here. What does not live
 * here: keys and PINs (the HSM's own backup), and the replay of the ledger that follows a
 * restoration.
 *
 * <p>Start reading at {@link io.chancery.backup.Backup} and {@link io.chancery.backup.Restoration}.
 */
@NullMarked
@Room(
    floor = 4,
    mayImport = {})
package io.chancery.backup;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
