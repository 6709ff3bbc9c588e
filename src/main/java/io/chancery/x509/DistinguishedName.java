package io.chancery.x509;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Quoted;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
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
    C("C", BCStyle.C, 2, Occurs.ONCE),
    ST("ST", BCStyle.ST, 128, Occurs.ONCE),
    L("L", BCStyle.L, 128, Occurs.ONCE),
    O("O", BCStyle.O, 64, Occurs.ONCE),
    OU("OU", BCStyle.OU, 64, Occurs.OFTEN),
    CN("CN", BCStyle.CN, 64, Occurs.ONCE),
    SERIAL_NUMBER("serialNumber", BCStyle.SERIALNUMBER, 64, Occurs.ONCE),
    DC("DC", BCStyle.DC, 63, Occurs.OFTEN);

    private final String text;
    private final String oid;
    private final int bound;
    private final Occurs occurs;

    Type(String text, ASN1ObjectIdentifier oid, int bound, Occurs occurs) {
      this.text = text;
      this.oid = oid.getId();
      this.bound = bound;
      this.occurs = occurs;
    }

    public String text() {
      return text;
    }

    static Optional<Type> ofOid(ASN1ObjectIdentifier oid) {
      for (Type type : values()) {
        if (type.oid.equals(oid.getId())) {
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

  /** How often a type may stand in one subject. */
  private enum Occurs {
    ONCE,
    OFTEN
  }

  /** One attribute: printable, not blank, within the type's bound. */
  public record Attribute(Type type, String value) {
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final Pattern LABEL =
        Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    public Attribute {
      // RFC 5280 A.1: ub-common-name 64, ub-organization-name 64, and so on, in characters.
      int length = value.codePointCount(0, value.length());
      if (value.isBlank() || length > type.bound) {
        throw malformed(type.text, value, "must have 1 to " + type.bound + " characters", "A.1");
      }
      if (!value.codePoints().allMatch(DirectoryText::harmless)) {
        throw malformed(
            type.text, value, "holds a control, format or unassigned character", "s4.1.2.6");
      }
      if (!value.equals(value.strip())) {
        throw malformed(type.text, value, "begins or ends with a space", "s7.1");
      }
      switch (type) {
        case C -> mustMatch(COUNTRY.matcher(value).matches(), type, value, "two capital letters");
        case SERIAL_NUMBER ->
            mustMatch(DirectoryText.isPrintable(value), type, value, "a PrintableString");
        // RFC 4519 s2.4: one label of a host name.
        case DC -> mustMatch(LABEL.matcher(value).matches(), type, value, "a host name's label");
        case ST, L, O, OU, CN -> {
          // Any text.
        }
      }
    }

    private static void mustMatch(boolean holds, Type type, String value, String shape) {
      if (!holds) {
        throw malformed(type.text, value, "is not " + shape, "A.1");
      }
    }
  }

  private static final int MOST_ATTRIBUTES = 16;

  public static final DistinguishedName EMPTY = new DistinguishedName(List.of());

  public DistinguishedName {
    attributes = List.copyOf(attributes);
    if (attributes.size() > MOST_ATTRIBUTES) {
      throw new Failure.TooLarge("subject", MOST_ATTRIBUTES, "attributes").thrown();
    }
    // Readers take the first or the last of two common names: nobody must be able to choose.
    Set<Type> seen = EnumSet.noneOf(Type.class);
    for (Attribute attribute : attributes) {
      if (!seen.add(attribute.type()) && attribute.type().occurs == Occurs.ONCE) {
        throw malformed(
            attribute.type().text, attribute.value(), "is the second of its type", "s4.1.2.4");
      }
    }
  }

  public static DistinguishedName of(Attribute... attributes) {
    return new DistinguishedName(List.of(attributes));
  }

  public static DistinguishedName ofCommonName(String commonName) {
    return of(new Attribute(Type.CN, commonName));
  }

  /**
   * Reads {@code O=Example Bank, CN=payments}; a comma or a backslash inside a value is written
   * with a backslash before it.
   */
  public static DistinguishedName parse(String text) {
    if (text.isBlank()) {
      return EMPTY;
    }
    List<Attribute> attributes = new ArrayList<>();
    for (String part : NameText.split(text)) {
      int equals = part.indexOf('=');
      Type type =
          Type.ofText(part.substring(0, Math.max(equals, 0)).strip())
              .orElseThrow(
                  () -> malformed("subject", part, "is no TYPE=value of a known type", "s4.1.2.4"));
      attributes.add(new Attribute(type, part.substring(equals + 1).strip()));
    }
    return new DistinguishedName(attributes);
  }

  /** Reads an encoded name; several values in one RDN and unknown types are refused. */
  public static DistinguishedName of(X500Name name) {
    List<Attribute> attributes = new ArrayList<>();
    for (RDN rdn : name.getRDNs()) {
      if (rdn.size() != 1) {
        throw new Place("name", "RDN " + (attributes.size() + 1))
            .malformed("has " + rdn.size() + " values, not one", "RFC 5280 s4.1.2.4");
      }
      AttributeTypeAndValue pair = rdn.getFirst();
      Type type = Type.ofOid(pair.getType()).orElseThrow(() -> notIssued(pair.getType()));
      attributes.add(new Attribute(type, DirectoryText.read(type, pair.getValue())));
    }
    return new DistinguishedName(attributes);
  }

  /** The encoded form: UTF8String, but PrintableString where RFC 5280 A.1 says so. */
  public X500Name toX500Name() {
    X500NameBuilder builder = new X500NameBuilder(BCStyle.INSTANCE);
    for (Attribute attribute : attributes) {
      builder.addRDN(new ASN1ObjectIdentifier(attribute.type().oid), encoded(attribute));
    }
    return builder.build();
  }

  private static ASN1Encodable encoded(Attribute attribute) {
    return switch (attribute.type()) {
      // RFC 5280 A.1: countryName and serialNumber are PrintableString.
      case C, SERIAL_NUMBER -> new DERPrintableString(attribute.value());
      case DC -> new DERIA5String(attribute.value());
      case ST, L, O, OU, CN -> new DERUTF8String(attribute.value());
    };
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
        .map(a -> a.type().text() + "=" + NameText.escape(a.value()))
        .collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return text();
  }

  private static PkiException notIssued(ASN1ObjectIdentifier type) {
    // RFC 5280 s4.1.2.6: a mail address belongs into the subjectAltName; emailAddress is legacy.
    String instead =
        type.equals(BCStyle.EmailAddress)
            ? "; put the address into the subjectAltName"
            : "; C, ST, L, O, OU, CN, serialNumber and DC are";
    return new Place("name", OidText.of(type))
        .malformed("is no attribute of a subject here" + instead, "RFC 5280 s4.1.2.6");
  }

  private static PkiException malformed(String where, String value, String reason, String clause) {
    return new Failure.Malformed(
            "name", where, Quoted.of(value) + " " + reason, "RFC 5280 " + clause)
        .thrown();
  }
}
