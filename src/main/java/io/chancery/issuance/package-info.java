/**
 * The seal: templates, the lint before signing, and the only signatures over certificates, CRLs and
 * OCSP answers.
 *
 * <p>Nothing is signed that was not linted: {@link io.chancery.issuance.Issuer#prepare} returns a
 * {@code PreparedCertificate} that only this room can make and that is redeemed once. No raw {@code
 * sign(bytes)} leaves this room. What does not live here: whether a certificate may be issued
 * ({@code profile}), the order of writes ({@code enrolment}).
 *
 * <p>Start reading at {@link io.chancery.issuance.Issuer}.
 */
@NullMarked
@Room(
    floor = 2,
    mayImport = {"hsm", "profile", "warrant", "verify"})
package io.chancery.issuance;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
