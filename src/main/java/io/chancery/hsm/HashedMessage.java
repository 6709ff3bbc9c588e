package io.chancery.hsm;

import java.util.function.Supplier;

/**
 * A message that was hashed while it was written, for keys that sign a hash; one that needs the
 * message itself asks for it. A CRL of a million entries is such a message.
 *
 * @param digest made with the digest of the key's {@link SigningKey#algorithm}
 * @param whole reads the message
 */
@SuppressWarnings("ArrayRecordComponent") // made, signed, forgotten
public record HashedMessage(byte[] digest, Supplier<byte[]> whole) {}
