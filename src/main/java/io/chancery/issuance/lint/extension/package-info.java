/**
 * Rules on the extensions besides the names (RFC 5280 s4.2).
 *
 * <p>Start reading at {@link io.chancery.issuance.lint.extension.ExtensionLints}.
 */
@NullMarked
@Room(
    floor = 2,
    mayImport = {"lint"})
package io.chancery.issuance.lint.extension;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
