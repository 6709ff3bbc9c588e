/**
 * The closet of an instance on this machine: its data directory with the lock, the durable
 * PostgreSQL from the embedded binaries, and how a command finds all of it, whether the service
 * runs or not. {@code up} starts a service on it; the commands that work on database and papers
 * directly (backup, restore, verify-ledger, administrator) reach them here.
 *
 * <p>What does not live here: the service and its listeners ({@code up}), and any deed.
 *
 * <p>Start reading at {@link io.chancery.cli.local.LocalInstance}.
 */
@NullMarked
@Room(
    floor = 5,
    mayImport = {})
package io.chancery.cli.local;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
