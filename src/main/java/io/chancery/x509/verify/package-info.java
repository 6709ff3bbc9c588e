/**
 * The closet of ECDSA verification: by a native library where one is there and has shown that it
 * verifies, by BouncyCastle until then and everywhere else. Both say the same (docs/adr/0018).
 *
 * <p>What does not live here: whether a key is accepted ({@code x509}); signatures of other
 * algorithms, for which the library does not earn its place; anything that signs.
 *
 * <p>Start reading at {@link io.chancery.x509.verify.EcdsaKey}.
 */
@NullMarked
@Room(floor = 0)
package io.chancery.x509.verify;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
