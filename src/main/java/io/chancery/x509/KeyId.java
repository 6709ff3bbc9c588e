package io.chancery.x509;

import io.chancery.Failure;
import io.chancery.Quoted;
import io.chancery.Sha256;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A key's identifier: the leftmost 160 bits of the SHA-256 of the subjectPublicKey BIT STRING (RFC
 * 7093 s2, method 1). It is the subject key identifier in certificates and the CKA_ID in tokens.
 */
public record KeyId(String hex) {
  public KeyId {
    if (hex.length() != 40 || !Thumbprint.isHex(hex)) {
      throw new Failure.Malformed(
              "key identifier", "", Quoted.of(hex) + " is not 40 hex digits", "RFC 7093 s2")
          .thrown();
    }
  }

  /** The identifier of the key in this SubjectPublicKeyInfo. */
  public static KeyId of(Der subjectPublicKeyInfo) {
    byte[] encoded = subjectPublicKeyInfo.octets();
    Place place = new Place("public key", "");
    DerStructure.check(place, encoded);
    byte[] bits =
        place.read(
            "RFC 5280 s4.1.2.7",
            () -> SubjectPublicKeyInfo.getInstance(encoded).getPublicKeyData().getOctets());
    byte[] leftmost = Arrays.copyOf(Sha256.of(bits), 20);
    return new KeyId(HexFormat.of().formatHex(leftmost));
  }

  /** Reads 40 hex digits; upper case and colons are accepted. */
  public static KeyId parse(String text) {
    return new KeyId(text.replace(":", "").toLowerCase(Locale.ROOT));
  }

  public byte[] octets() {
    return HexFormat.of().parseHex(hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
