/**
 * Keys that are known to others: what shows that they are, the end of every certificate with such a
 * key in every organization, and the block that keeps it from ever being certified again.
 *
 * <p>A private key that is handed in is used once, to see which public key it belongs to, and kept
 * nowhere. What does not live here: where enrolment asks whether a key is blocked ({@code
 * enrolment}), the revocation in SQL ({@code inventory.mass}).
 *
 * <p>Start reading at {@link io.chancery.revocation.compromise.CompromisedKeys}.
 */
@NullMarked
@Room(
    floor = 3,
    mayImport = {"inventory", "mass", "ledger", "note", "issuance"})
package io.chancery.revocation.compromise;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
