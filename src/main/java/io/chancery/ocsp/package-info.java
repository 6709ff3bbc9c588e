/**
 * The answer to "is it still good?" (RFC 6960). Door and deed in one.
 *
 * <p>{@link io.chancery.ocsp.OcspDoor} takes the octets from the undecoded path or the body and
 * sends what {@link io.chancery.ocsp.AnswerShelf} has, on the event loop. What is not there {@link
 * io.chancery.ocsp.OcspRequest} parses and {@link io.chancery.ocsp.Responder} has signed. {@link
 * io.chancery.ocsp.OcspAhead} makes answers before anybody asks; {@link io.chancery.ocsp.ShelfFeed}
 * keeps the shelf. Errors are the protocol's own. What does not live here: the encoding and the
 * signature of an answer ({@code issuance}), the renewal of the responder's certificate ({@code
 * rotation}).
 */
@NullMarked
@Room(
    floor = 3,
    mayImport = {"hsm", "issuance", "inventory", "pulse", "ledger", "visibility"})
package io.chancery.ocsp;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
