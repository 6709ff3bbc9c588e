/**
 * The closet of octets: DER written by hand into growing buffers where objects would be too many or
 * too slow, and the shape that everything signed shares.
 *
 * <p>What does not live here: what any of it means ({@code issuance}), and DER from outside, which
 * is read by {@code x509}'s strict parsers.
 */
@NullMarked
@Room(floor = 2)
package io.chancery.issuance.der;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
