/**
 * The keys: PKCS#11 module life, sessions, key generation and discovery.
 *
 * <p>The only room that imports the wrapper. A key never leaves its token; this room hands out
 * {@link io.chancery.hsm.SigningKey}, which signs. What does not live here: what is signed, and why
 * ({@code issuance}, {@code ledger}).
 *
 * <p>Start reading at {@link io.chancery.hsm.Hsm}. Its two real implementations are {@link
 * io.chancery.hsm.Pkcs11Hsm} on tokens and {@link io.chancery.hsm.FileHsm} on encrypted files. A
 * signature's way to a token is {@code Pkcs11Key}, {@code Token} (its breaker and its {@code
 * crew}), {@code Seat} (which knows what to do about each {@code Fault}), {@code TokenConnection}
 * (found, logged in, its keys proven by {@code KeyGuard}), {@code Pkcs11Module} (the library and
 * its lock).
 *
 * <p>Closets: {@code crew} (threads, queues, breaker), {@code mechanism} (signature forms).
 */
@NullMarked
@Room(floor = 1)
package io.chancery.hsm;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
