/**
 * The compact filter: for validators that must decide locally, one small signed file that says of
 * every covered certificate of an issuer whether it is revoked.
 *
 * <p>{@link io.chancery.filter.RevocationFilter} reads such a file; it needs nothing but the JDK
 * and may be taken away alone. {@link io.chancery.filter.FilterPublisher} makes one from the book.
 * The format is in {@code docs/filter.md}. What does not live here: revoking ({@code revocation}),
 * and any network.
 *
 * <p>Start reading at {@link io.chancery.filter.RevocationFilter}.
 */
@NullMarked
@Room(
    floor = 3,
    mayImport = {"profile", "issuance", "inventory", "ledger", "note"})
package io.chancery.filter;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
