package io.chancery.profile;

/** The bits of RFC 5280 s4.2.1.3, in their order. */
public enum KeyUsage {
  DIGITAL_SIGNATURE("digitalSignature"),
  NON_REPUDIATION("nonRepudiation"),
  KEY_ENCIPHERMENT("keyEncipherment"),
  DATA_ENCIPHERMENT("dataEncipherment"),
  KEY_AGREEMENT("keyAgreement"),
  KEY_CERT_SIGN("keyCertSign"),
  CRL_SIGN("cRLSign"),
  ENCIPHER_ONLY("encipherOnly"),
  DECIPHER_ONLY("decipherOnly");

  private final String text;

  KeyUsage(String text) {
    this.text = text;
  }

  /** RFC 5280's name. */
  public String text() {
    return text;
  }

  /** The bit's number: 0 for digitalSignature. */
  @SuppressWarnings("EnumOrdinal") // The constants stand in the order of RFC 5280's bits.
  public int bit() {
    return ordinal();
  }
}
