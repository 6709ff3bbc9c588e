/**
 * The closet of people: who they are, what they are known by, and what they may do.
 *
 * <p>Start reading at {@link io.chancery.api.people.PeopleResource}.
 */
@NullMarked
@Room(
    floor = 5,
    mayImport = {"api", "access", "jwt", "foreign", "profile", "membership", "approval"})
package io.chancery.api.people;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
