/**
 * The closet of the status node: {@code chancery up --role status} answers OCSP and CRLs from what
 * others have signed, with neither a token nor, while it is away, a database; {@code chancery
 * export-status} writes the same as static files.
 *
 * <p>{@link io.chancery.cli.node.Holdings} is what a node has, in memory and on its disk; a
 * follower brings what is new from a database or from an exported folder. What does not live here:
 * the answering itself ({@code ocsp}, {@code revocation}), and any signature.
 *
 * <p>Start reading at {@link io.chancery.cli.node.StatusNode}.
 */
@NullMarked
@Room(
    floor = 5,
    mayImport = {"local", "inventory", "issuance", "ocsp", "revocation"})
package io.chancery.cli.node;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
