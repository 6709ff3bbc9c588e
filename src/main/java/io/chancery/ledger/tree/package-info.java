/**
 * The closet of the Merkle tree of RFC 6962 s2.1, cut into the tiles of C2SP tlog-tiles.
 *
 * <p>Pure: octets in, octets out. {@link io.chancery.ledger.tree.Tree} reads roots and proofs out
 * of tiles, {@link io.chancery.ledger.tree.TreeBuilder} makes the tiles, {@link
 * io.chancery.ledger.tree.Inclusion} and {@link io.chancery.ledger.tree.Consistency} are proofs
 * that anyone can check. What does not live here: where tiles are kept, and who signs a root.
 *
 * <p>Start reading at {@link io.chancery.ledger.tree.TreeHash}.
 */
@NullMarked
@Room(floor = 1)
package io.chancery.ledger.tree;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
