package io.chancery.profile;

/** The purposes of RFC 5280 s4.2.1.12 that profiles may give. */
public enum ExtendedKeyUsage {
  SERVER_AUTH("serverAuth", "1.3.6.1.5.5.7.3.1"),
  CLIENT_AUTH("clientAuth", "1.3.6.1.5.5.7.3.2"),
  CODE_SIGNING("codeSigning", "1.3.6.1.5.5.7.3.3"),
  EMAIL_PROTECTION("emailProtection", "1.3.6.1.5.5.7.3.4"),
  OCSP_SIGNING("OCSPSigning", "1.3.6.1.5.5.7.3.9");

  private final String text;
  private final String oid;

  ExtendedKeyUsage(String text, String oid) {
    this.text = text;
    this.oid = oid;
  }

  /** RFC 5280's name. */
  public String text() {
    return text;
  }

  public String oid() {
    return oid;
  }
}
