/**
 * The closet of what a TLS handshake computes with: ECDSA is verified, and X25519 made and agreed,
 * by what takes the least time for it (docs/adr/0023). Java's own TLS asks for it as for any
 * algorithm; the protocol, the paths, the server's signature and random numbers stay with Java. It
 * finds keys and certificates that are in memory already in {@link
 * io.chancery.x509.handshake.KeyStores}.
 *
 * <p>What does not live here: who is let in ({@code rotation} says whose certificates, {@code
 * access} whether one is in force); anything that signs.
 *
 * <p>Start reading at {@link io.chancery.x509.handshake.HandshakeAlgorithms}.
 */
@NullMarked
@Room(floor = 0, mayImport = "verify")
package io.chancery.x509.handshake;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
