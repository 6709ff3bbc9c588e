/**
 * Which part of the service is down, since when, and why: what the health page says, remembered
 * between two looks and shown as metrics.
 *
 * <p>Start reading at {@link io.chancery.parts.Parts}.
 */
@NullMarked
@Room(floor = 4)
package io.chancery.parts;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
