/**
 * Who can see a change of status by now: the feed that tells every replica what the book has newly
 * committed, the replicas, what was seen where and when, and the receipts that say so.
 *
 * <p>Start reading at {@link io.chancery.visibility.StatusFeed}, then {@link
 * io.chancery.visibility.Lookout}. What does not live here: the change itself ({@code revocation}),
 * what is answered from it ({@code ocsp}).
 */
@NullMarked
@Room(
    floor = 1,
    mayImport = {"inventory", "note"})
package io.chancery.visibility;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
