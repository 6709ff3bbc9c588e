/**
 * The closet that holds the book against the roll, serial by serial.
 *
 * <p>Certificates, reservations and request keys beside the entries about the same serial. What
 * does not live here: the roll itself, whose entries are taken as the database has them.
 *
 * <p>Start reading at {@link io.chancery.audit.book.BookAudit}.
 */
@NullMarked
@Room(
    floor = 4,
    mayImport = {"ledger", "report", "rows"})
package io.chancery.audit.book;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
