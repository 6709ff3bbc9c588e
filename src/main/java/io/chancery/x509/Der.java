package io.chancery.x509;

import java.util.Arrays;

/** DER octets as an immutable value. */
public final class Der {
  private final byte[] octets;

  private Der(byte[] octets) {
    this.octets = octets;
  }

  /** Copies {@code octets}. */
  public static Der of(byte[] octets) {
    return new Der(octets.clone());
  }

  /**
   * The same, of foreign octets: exactly one DER structure, not nested deeper than a decoder
   * stands. {@code what} names them in a refusal.
   */
  public static Der whole(String what, byte[] octets) {
    DerStructure.check(new Place(what, ""), octets);
    return of(octets);
  }

  /** A copy of the octets. */
  public byte[] octets() {
    return octets.clone();
  }

  public int length() {
    return octets.length;
  }

  public Thumbprint thumbprint() {
    return Thumbprint.of(octets);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Der that && Arrays.equals(octets, that.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return "Der[" + octets.length + " octets]";
  }
}
