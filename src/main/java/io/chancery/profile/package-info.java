/**
 * What may be issued: profiles as data, and the rules that accept or refuse with a reason.
 *
 * <p>Policy only. {@link io.chancery.profile.Approval} is the proof that a profile has agreed; only
 * this room can make one, and {@code issuance} signs nothing without it. What does not live here:
 * how a certificate is encoded ({@code issuance}), who the caller is ({@code access}).
 *
 * <p>Start reading at {@link io.chancery.profile.Profiles}. What an operator may write is read in
 * {@code ProfileYaml}, and what must not stand in one profile together is listed in {@code
 * Contradiction}. A request is judged as a {@code Draft} of the certificate; each reason to refuse
 * it is one {@code Rule}, in a class named as the rule is: {@code name-count} is {@code
 * NameCountRule}. What an organization may hold is a list of {@link
 * io.chancery.profile.NamePattern}.
 */
@NullMarked
@Room(floor = 1)
package io.chancery.profile;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
