/**
 * What a deed takes that nobody may do alone: the exact octets it is about, what people signed
 * about them, and whether that is enough. And the switch that stops all signing.
 *
 * <p>Pure: {@link io.chancery.warrant.Warrant} is checked the same way by the service that takes an
 * approval, by {@code issuance} before the token signs, and by the auditor years later. What does
 * not live here: which deeds need it, and where proposals are kept ({@code approval}).
 *
 * <p>Start reading at {@link io.chancery.warrant.Warrant}.
 */
@NullMarked
@Room(floor = 0)
package io.chancery.warrant;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
