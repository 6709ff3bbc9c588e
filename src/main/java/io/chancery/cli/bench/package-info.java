/**
 * The closet of {@code chancery bench}: measures an instance of its own on this machine, side by
 * side with nginx and with the bare token.
 *
 * <p>{@link io.chancery.cli.bench.StatusRun} is the order of things, {@link
 * io.chancery.cli.bench.LoadGenerator} asks, {@link io.chancery.cli.bench.Report} is what a person
 * or a program reads. What does not live here: any shortcut into the service; it is a process of
 * its own and is asked over http. Only the million certificates are written into its database, as
 * no authority issues a million in a minute.
 *
 * <p>Start reading at {@link io.chancery.cli.bench.StatusRun}.
 */
@NullMarked
@Room(
    floor = 5,
    mayImport = {"local", "hsm", "issuance", "warrant", "handshake"})
package io.chancery.cli.bench;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
