/**
 * The closet of the witness: another party's process that has seen what the log has said, and
 * cosigns only what goes on from it.
 *
 * <p>It answers C2SP tlog-witness requests over http, knows the public keys of its logs and nothing
 * else of them, and keeps one checkpoint a log. What does not live here: asking a witness, which is
 * the ledger's.
 *
 * <p>Start reading at {@link io.chancery.cli.witness.Observations}.
 */
@NullMarked
@Room(
    floor = 5,
    mayImport = {"ledger", "tree", "note", "copy"})
package io.chancery.cli.witness;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
