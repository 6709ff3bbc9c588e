/**
 * The answer to "is it still good?" (RFC 6960). Door and deed in one.
 *
 * <p>{@link io.chancery.ocsp.OcspRoute} takes the octets from the undecoded path or the body,
 * {@link io.chancery.ocsp.OcspRequest} parses them, {@link io.chancery.ocsp.Responder} looks the
 * book up and has the answer signed. Errors are the protocol's own. What does not live here: the
 * encoding and the signature of an answer ({@code issuance}), the renewal of the responder's
 * certificate ({@code rotation}).
 */
@NullMarked
@Room(
    floor = 3,
    mayImport = {"hsm", "issuance", "inventory", "ledger"})
package io.chancery.ocsp;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
