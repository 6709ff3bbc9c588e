package io.chancery.issuance;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/** Which certificate an OCSP question is about (RFC 6960 s4.1.1), as the question says it. */
public final class CertId {
  private final String hashOid;
  private final byte[] nameHash;
  private final byte[] keyHash;
  private final BigInteger serial;

  public CertId(String hashOid, byte[] nameHash, byte[] keyHash, BigInteger serial) {
    this.hashOid = hashOid;
    this.nameHash = nameHash.clone();
    this.keyHash = keyHash.clone();
    this.serial = serial;
  }

  public String hashOid() {
    return hashOid;
  }

  public byte[] nameHash() {
    return nameHash.clone();
  }

  public byte[] keyHash() {
    return keyHash.clone();
  }

  /** As asked, which may be no serial that could have been issued. */
  public BigInteger serial() {
    return serial;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CertId that
        && hashOid.equals(that.hashOid)
        && Arrays.equals(nameHash, that.nameHash)
        && Arrays.equals(keyHash, that.keyHash)
        && serial.equals(that.serial);
  }

  @Override
  public int hashCode() {
    return Objects.hash(hashOid, Arrays.hashCode(nameHash), Arrays.hashCode(keyHash), serial);
  }

  @Override
  public String toString() {
    return "CertId["
        + hashOid
        + ", "
        + HexFormat.of().formatHex(keyHash)
        + ", "
        + serial.toString(16)
        + "]";
  }
}
