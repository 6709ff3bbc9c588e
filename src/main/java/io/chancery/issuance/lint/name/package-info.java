/**
 * Rules on the subject and the subject alternative names (RFC 5280 s4.1.2.6, s4.2.1.6).
 *
 * <p>Start reading at {@link io.chancery.issuance.lint.name.NameLints}.
 */
@NullMarked
@Room(
    floor = 2,
    mayImport = {"lint"})
package io.chancery.issuance.lint.name;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
