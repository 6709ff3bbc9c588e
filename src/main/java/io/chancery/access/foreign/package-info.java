/**
 * The closet of other authorities: client certificates that somebody else issued and the operator
 * accepts. Their holders are known by identities only; nothing follows from such a certificate by
 * itself.
 *
 * <p>Start reading at {@link io.chancery.access.foreign.ForeignAuthorities}.
 */
@NullMarked
@Room(floor = 1)
package io.chancery.access.foreign;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
