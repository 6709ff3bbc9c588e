package io.chancery.x509;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * A subject as this authority issues it: a list of single attributes, of known types, each within
 * its upper bound (RFC 5280 s4.1.2.6 and appendix A.1). May be empty.
 */
public record DistinguishedName(List<Attribute> attributes) {
  /** The attribute types that may stand in a subject; {@code bound} is RFC 5280 A.1's ub-. */
  public enum Type {
    C("C", BCStyle.C, 2),
    ST("ST", BCStyle.ST, 128),
    L("L", BCStyle.L, 128),
    O("O", BCStyle.O, 64),
    OU("OU", BCStyle.OU, 64),
    CN("CN", BCStyle.CN, 64),
    SERIAL_NUMBER("serialNumber", BCStyle.SERIALNUMBER, 64),
    DC("DC", BCStyle.DC, 63);

    private final String text;
    private final ASN1ObjectIdentifier oid;
    private final int bound;

    Type(String text, ASN1ObjectIdentifier oid, int bound) {
      this.text = text;
      this.oid = oid;
      this.bound = bound;
    }

    public String text() {
      return text;
    }

    static Optional<Type> ofOid(ASN1ObjectIdentifier oid) {
      for (Type type : values()) {
        if (type.oid.equals(oid)) {
          return Optional.of(type);
        }
      }
      return Optional.empty();
    }

    static Optional<Type> ofText(String text) {
      for (Type type : values()) {
        if (type.text.equalsIgnoreCase(text)) {
          return Optional.of(type);
        }
      }
      return Optional.empty();
    }
  }

  /** One attribute: printable, not blank, within the type's bound. */
  public record Attribute(Type type, String value) {
    public Attribute {
      // RFC 5280 A.1: ub-common-name 64, ub-organization-name 64, and so on, in characters.
      int length = value.codePointCount(0, value.length());
      if (value.isBlank() || length > type.bound) {
        throw malformed(type.text, value, "must have 1 to " + type.bound + " characters", "A.1");
      }
      if (!value.codePoints().allMatch(Attribute::harmless)) {
        throw malformed(
            type.text, value, "holds a control, format or unassigned character", "s4.1.2.6");
      }
      if (!value.equals(value.strip())) {
        throw malformed(type.text, value, "begins or ends with a space", "s7.1");
      }
      // RFC 5280 A.1: X520countryName is two letters of ISO 3166.
      if (type == Type.C && !value.matches("[A-Z]{2}")) {
        throw malformed(type.text, value, "must be two upper-case letters", "A.1");
      }
    }

    /** No control, no line end, no direction mark, no half of a surrogate pair. */
    private static boolean harmless(int c) {
      return switch (Character.getType(c)) {
        case Character.CONTROL,
            Character.FORMAT,
            Character.SURROGATE,
            Character.PRIVATE_USE,
            Character.UNASSIGNED,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR ->
            false;
        default -> true;
      };
    }
  }

  public static final DistinguishedName EMPTY = new DistinguishedName(List.of());

  public DistinguishedName {
    attributes = List.copyOf(attributes);
    if (attributes.size() > 16) {
      throw new Failure.TooLarge("subject", 16, "attributes").thrown();
    }
  }

  public static DistinguishedName of(Attribute... attributes) {
    return new DistinguishedName(List.of(attributes));
  }

  public static DistinguishedName ofCommonName(String commonName) {
    return of(new Attribute(Type.CN, commonName));
  }

  /** Reads {@code O=Example Bank, CN=payments}; a comma inside a value is written {@code \,}. */
  public static DistinguishedName parse(String text) {
    if (text.isBlank()) {
      return EMPTY;
    }
    List<Attribute> attributes = new ArrayList<>();
    for (String part : text.split("(?<!\\\\),", -1)) {
      int equals = part.indexOf('=');
      Type type =
          Type.ofText(part.substring(0, Math.max(equals, 0)).strip())
              .orElseThrow(
                  () -> malformed("subject", part, "is no TYPE=value of a known type", "s4.1.2.4"));
      attributes.add(new Attribute(type, part.substring(equals + 1).strip().replace("\\,", ",")));
    }
    return new DistinguishedName(attributes);
  }

  /** Reads an encoded name; several values in one RDN and unknown types are refused. */
  public static DistinguishedName of(X500Name name) {
    List<Attribute> attributes = new ArrayList<>();
    for (var rdn : name.getRDNs()) {
      if (rdn.isMultiValued()) {
        throw malformed("subject", name.toString(), "has an RDN with several values", "s4.1.2.4");
      }
      var pair = rdn.getFirst();
      Type type =
          Type.ofOid(pair.getType())
              .orElseThrow(
                  () ->
                      malformed(
                          "subject",
                          pair.getType().getId(),
                          "is no attribute type issued here",
                          "s4.1.2.6"));
      attributes.add(new Attribute(type, DirectoryText.read(type.text(), pair.getValue())));
    }
    return new DistinguishedName(attributes);
  }

  /** The encoded form: UTF8String, but PrintableString where RFC 5280 A.1 says so. */
  public X500Name toX500Name() {
    X500NameBuilder builder = new X500NameBuilder(BCStyle.INSTANCE);
    for (Attribute attribute : attributes) {
      switch (attribute.type()) {
        // RFC 5280 A.1: countryName and serialNumber are PrintableString.
        case C, SERIAL_NUMBER ->
            builder.addRDN(attribute.type().oid, new DERPrintableString(attribute.value()));
        case DC ->
            builder.addRDN(
                attribute.type().oid, new org.bouncycastle.asn1.DERIA5String(attribute.value()));
        case ST, L, O, OU, CN ->
            builder.addRDN(attribute.type().oid, new DERUTF8String(attribute.value()));
      }
    }
    return builder.build();
  }

  public boolean isEmpty() {
    return attributes.isEmpty();
  }

  /** The first value of a type, if there is one. */
  public Optional<String> first(Type type) {
    return attributes.stream().filter(a -> a.type() == type).map(Attribute::value).findFirst();
  }

  public Optional<String> commonName() {
    return first(Type.CN);
  }

  /** {@code O=Example Bank, CN=payments}, as {@link #parse} reads it. */
  public String text() {
    return attributes.stream()
        .map(a -> a.type().text() + "=" + a.value().replace(",", "\\,"))
        .collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return text();
  }

  private static PkiException malformed(String where, String value, String reason, String clause) {
    return new Failure.Malformed(
            "name", where, Quoted.of(value) + " " + reason, "RFC 5280 " + clause)
        .thrown();
  }
}
