/**
 * The closet of consent: proposals and what people sign about them, the switch that halts signing,
 * the glass, and the policy.
 *
 * <p>Start reading at {@link io.chancery.api.consent.ApprovalsResource}.
 */
@NullMarked
@Room(
    floor = 5,
    mayImport = {"api", "access", "approval", "warrant", "enrolment", "profile"})
package io.chancery.api.consent;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
