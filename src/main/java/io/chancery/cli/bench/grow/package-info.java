/**
 * The closet of the large book: an empty one and one with millions of certificates side by side,
 * issuing in turn, and searches in the larger.
 *
 * <p>What does not live here: instances, their clients and the table of figures ({@code bench}).
 *
 * <p>Start reading at {@link io.chancery.cli.bench.grow.GrowRun}.
 */
@NullMarked
@Room(
    floor = 5,
    mayImport = {"bench", "crowd", "local"})
package io.chancery.cli.bench.grow;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
