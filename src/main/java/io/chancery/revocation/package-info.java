/**
 * Taking back: revoke, hold and release, and the CRLs that say so.
 *
 * <p>A revocation is done when its transaction commits; from then on nothing answers "good". CRLs
 * follow: built under a lease, numbered without going back, kept as they were signed. What does not
 * live here: the encoding and signature of a CRL ({@code issuance}), OCSP ({@code ocsp}).
 *
 * <p>Start reading at {@link io.chancery.revocation.Revocations}, then {@link
 * io.chancery.revocation.CrlPublisher}.
 */
@NullMarked
@Room(
    floor = 3,
    mayImport = {"issuance", "inventory", "ledger", "access", "visibility"})
package io.chancery.revocation;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
