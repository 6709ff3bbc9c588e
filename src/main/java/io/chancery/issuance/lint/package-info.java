/**
 * What a lint is, and the certificate it looks at; the rules stand in the closets below, one a
 * file.
 *
 * <p>{@code body} looks at the fields of the to-be-signed certificate, {@code name} at its subject
 * and alternative names, {@code extension} at the other extensions, {@code authority} at what only
 * a certificate of an authority has. Which rules are asked of which certificate stands in {@code
 * issuance.Lints}.
 *
 * <p>Start reading at {@link io.chancery.issuance.lint.Lint}.
 */
@NullMarked
@Room(floor = 2)
package io.chancery.issuance.lint;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
