/**
 * What may be issued: profiles as data, and the rules that accept or refuse with a reason.
 *
 * <p>Policy only. {@link io.chancery.profile.Approval} is the proof that a profile has agreed; only
 * this room can make one, and {@code issuance} signs nothing without it. What does not live here:
 * how a certificate is encoded ({@code issuance}), who the caller is ({@code access}).
 *
 * <p>Start reading at {@link io.chancery.profile.Profiles}.
 */
@NullMarked
@Room(floor = 1)
package io.chancery.profile;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
