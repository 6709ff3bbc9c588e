/**
 * Rules on the fields of a TBSCertificate, key and encoding included (RFC 5280 s4.1).
 *
 * <p>Start reading at {@link io.chancery.issuance.lint.body.BodyLints}.
 */
@NullMarked
@Room(
    floor = 2,
    mayImport = {"lint"})
package io.chancery.issuance.lint.body;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
