/**
 * The closet of partners: invitation, admission, departure.
 *
 * <p>Start reading at {@link io.chancery.api.partners.PartnersResource}.
 */
@NullMarked
@Room(
    floor = 5,
    mayImport = {"api", "access", "profile", "membership", "enrolment"})
package io.chancery.api.partners;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
