package io.chancery.hsm.mechanism;

import io.chancery.Failure;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;

/** PKCS#11 gives r and s side by side; X.509 wants Ecdsa-Sig-Value (RFC 3279 s2.2.3). */
public final class EcdsaSignature {
  private EcdsaSignature() {}

  public static byte[] encoded(byte[] raw, int orderOctets) {
    if (raw.length != 2 * orderOctets) {
      throw new Failure.BrokenPromise(
              "ECDSA signature", raw.length + " octets instead of " + 2 * orderOctets)
          .thrown();
    }
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(integer(Arrays.copyOfRange(raw, 0, orderOctets)));
    both.writeBytes(integer(Arrays.copyOfRange(raw, orderOctets, raw.length)));
    return tagged(0x30, both.toByteArray());
  }

  private static byte[] integer(byte[] magnitude) {
    return tagged(0x02, new BigInteger(1, magnitude).toByteArray());
  }

  /** P-521 makes at most 139 octets of content: the length takes one octet, or two. */
  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length > 127) {
      out.write(0x81);
    }
    out.write(content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }
}
