/**
 * The keys: PKCS#11 module life, sessions, key generation and discovery.
 *
 * <p>The only room that imports the wrapper. A key never leaves its token; this room hands out
 * {@link io.chancery.hsm.SigningKey}, which signs. What does not live here: what is signed, and why
 * ({@code issuance}, {@code ledger}).
 *
 * <p>Start reading at {@link io.chancery.hsm.Hsm}.
 */
@NullMarked
@Room(floor = 1)
package io.chancery.hsm;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
