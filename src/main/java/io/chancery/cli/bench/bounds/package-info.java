/**
 * The closet of what this machine can do at most: what an instance of the benchmark is held
 * against.
 *
 * <p>Start reading at {@link io.chancery.cli.bench.bounds.DurableCommits}.
 */
@NullMarked
@Room(
    floor = 5,
    mayImport = {"local"})
package io.chancery.cli.bench.bounds;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
