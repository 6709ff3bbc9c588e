/**
 * The closet of those who ask for certificates in a benchmark: requests that are made before they
 * are needed, TLS connections with no more of a client than it takes, and hands that ask at their
 * own speed or at a pace.
 *
 * <p>What does not live here: what is asked for and what comes of it ({@code bench}).
 *
 * <p>Start reading at {@link io.chancery.cli.bench.crowd.Drive}.
 */
@NullMarked
@Room(
    floor = 5,
    mayImport = {"handshake"})
package io.chancery.cli.bench.crowd;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
