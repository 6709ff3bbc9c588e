package io.chancery.warrant;

import io.chancery.x509.Thumbprint;
import java.util.Arrays;

/** The octets that are approved; one changed bit makes other octets. */
public final class ExactBytes {
  private final byte[] octets;

  private ExactBytes(byte[] octets) {
    this.octets = octets;
  }

  /** Copies {@code octets}. */
  public static ExactBytes of(byte[] octets) {
    return new ExactBytes(octets.clone());
  }

  /** A copy of the octets. */
  public byte[] octets() {
    return octets.clone();
  }

  public int length() {
    return octets.length;
  }

  public Thumbprint sha256() {
    return Thumbprint.of(octets);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExactBytes that && Arrays.equals(octets, that.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return "ExactBytes[" + octets.length + " octets]";
  }
}
