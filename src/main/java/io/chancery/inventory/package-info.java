/**
 * The book: every serial, the intended and the issued certificate, its status, its owner; and the
 * leases by which replicas agree who does a job.
 *
 * <p>A certificate stands here twice in its life: as a {@link io.chancery.inventory.Reservation}
 * before it is signed, as an {@link io.chancery.inventory.Entry} ever after. What does not live
 * here: who may ask ({@code access}), in which order it is written ({@code enrolment}), the roll of
 * deeds ({@code ledger}).
 *
 * <p>Start reading at {@link io.chancery.inventory.Inventory}.
 */
@NullMarked
@Room(floor = 1)
package io.chancery.inventory;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
