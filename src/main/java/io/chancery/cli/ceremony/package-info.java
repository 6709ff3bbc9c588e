/**
 * The closet of {@code chancery ceremony}: from one reviewed file to an authority's keys and
 * certificates, with a transcript of what was done.
 *
 * <p>The ceremony finds what an earlier run left (keys by label, certificates by file name) and
 * goes on from there; it never overwrites. What does not live here: how a certificate is laid out,
 * linted and accepted ({@code issuance}), how a key is made and checked ({@code hsm}).
 *
 * <p>Start reading at {@link io.chancery.cli.ceremony.Ceremony}.
 */
@NullMarked
@Room(
    floor = 5,
    mayImport = {"hsm", "issuance", "warrant"})
package io.chancery.cli.ceremony;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
