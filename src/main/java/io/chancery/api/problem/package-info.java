/**
 * The closet of refusals: the one table from a failure to problem+json (RFC 9457), and what becomes
 * of everything that is no failure of ours.
 *
 * <p>Start reading at {@link io.chancery.api.problem.PkiProblems}.
 */
@NullMarked
@Room(floor = 5)
package io.chancery.api.problem;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
