/**
 * Second-person decisions over exact octets: proposals, what people signed about them, which deeds
 * need how many, the switch that halts signing, and the glass that one person may break.
 *
 * <p>A proposal is carried out by the {@link io.chancery.approval.Execution} of its deed, once, on
 * whatever replica comes first. What does not live here: whether signatures are enough ({@code
 * warrant}), and the deeds themselves.
 *
 * <p>Start reading at {@link io.chancery.approval.Approvals}.
 */
@NullMarked
@Room(
    floor = 2,
    mayImport = {"warrant", "inventory", "sql", "ledger", "access", "issuance"})
package io.chancery.approval;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
