/**
 * Rules on what only a certificate of an authority has (RFC 5280 s4.2.1.3, 9 and 10).
 *
 * <p>Start reading at {@link io.chancery.issuance.lint.authority.AuthorityLints}.
 */
@NullMarked
@Room(
    floor = 2,
    mayImport = {"lint"})
package io.chancery.issuance.lint.authority;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
