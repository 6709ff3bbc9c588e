package io.chancery.x509;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;

/**
 * What an extension in a request asks for, as far as anybody here cares. Only these are decoded;
 * every other extension is {@link Other}, known by its OID alone.
 */
public sealed interface ExtensionFacts {
  /** RFC 5280 s4.2.1.9. A negative path length is refused when it is read. */
  record BasicConstraints(boolean authority, Optional<Integer> pathLength)
      implements ExtensionFacts {}

  /** RFC 5280 s4.2.1.3: the numbers of the bits that are set, 0 for digitalSignature. */
  record KeyUsageBits(Set<Integer> bits) implements ExtensionFacts {
    public KeyUsageBits {
      bits = Set.copyOf(bits);
    }
  }

  /** RFC 5280 s4.2.1.12: the purposes' OIDs. */
  record Purposes(Set<String> oids) implements ExtensionFacts {
    public Purposes {
      oids = Set.copyOf(oids);
    }
  }

  /** RFC 5280 s4.2.1.2: says nothing that the issuer does not compute itself. */
  record SubjectKeyIdentifier() implements ExtensionFacts {}

  /** Any other extension; its value was not looked at. */
  record Other(String oid) implements ExtensionFacts {}

  /** Reads the extension; a value that is not what its OID promises is {@code Malformed}. */
  static ExtensionFacts of(Csr.RequestedExtension extension) {
    return switch (extension.oid()) {
      case "2.5.29.19" -> basicConstraints(decoded("basicConstraints", 32, extension));
      case "2.5.29.15" -> keyUsage(decoded("keyUsage", 32, extension));
      case "2.5.29.37" -> purposes(decoded("extKeyUsage", 2048, extension));
      case "2.5.29.14" -> keyIdentifier(decoded("subjectKeyIdentifier", 256, extension));
      default -> new Other(extension.oid());
    };
  }

  private static ExtensionFacts basicConstraints(ASN1Primitive value) {
    ASN1Sequence sequence = sequence("basicConstraints", value);
    int next = 0;
    boolean authority = false;
    if (next < sequence.size() && sequence.getObjectAt(next) instanceof ASN1Boolean ca) {
      authority = ca.isTrue();
      next++;
    }
    Optional<Integer> pathLength = Optional.empty();
    if (next < sequence.size() && sequence.getObjectAt(next) instanceof ASN1Integer length) {
      // RFC 5280 s4.2.1.9: pathLenConstraint INTEGER (0..MAX).
      if (length.getValue().signum() < 0 || length.getValue().bitLength() > 31) {
        throw malformed("basicConstraints", "its path length is below 0 or beyond any chain");
      }
      pathLength = Optional.of(length.getValue().intValueExact());
      next++;
    }
    if (next != sequence.size()) {
      throw malformed("basicConstraints", "holds more than cA and pathLenConstraint");
    }
    return new BasicConstraints(authority, pathLength);
  }

  private static ExtensionFacts keyUsage(ASN1Primitive value) {
    if (!(value instanceof ASN1BitString string)) {
      throw malformed("keyUsage", "is no BIT STRING");
    }
    byte[] octets = string.getBytes();
    Set<Integer> bits = new HashSet<>();
    for (int bit = 0; bit < octets.length * Byte.SIZE; bit++) {
      if ((octets[bit / Byte.SIZE] & (0x80 >>> (bit % Byte.SIZE))) != 0) {
        bits.add(bit);
      }
    }
    return new KeyUsageBits(bits);
  }

  private static ExtensionFacts purposes(ASN1Primitive value) {
    Set<String> oids = new HashSet<>();
    for (ASN1Encodable purpose : sequence("extKeyUsage", value)) {
      if (!(purpose instanceof ASN1ObjectIdentifier oid)) {
        throw malformed("extKeyUsage", "holds something that is no OBJECT IDENTIFIER");
      }
      oids.add(oid.getId());
    }
    // RFC 5280 s4.2.1.12: SEQUENCE SIZE (1..MAX) OF KeyPurposeId.
    if (oids.isEmpty()) {
      throw malformed("extKeyUsage", "holds no purpose");
    }
    return new Purposes(oids);
  }

  private static ExtensionFacts keyIdentifier(ASN1Primitive value) {
    if (!(value instanceof ASN1OctetString)) {
      throw malformed("subjectKeyIdentifier", "is no OCTET STRING");
    }
    return new SubjectKeyIdentifier();
  }

  private static ASN1Sequence sequence(String what, ASN1Primitive value) {
    if (value instanceof ASN1Sequence sequence) {
      return sequence;
    }
    throw malformed(what, "is no SEQUENCE");
  }

  /** {@code longest} keeps nesting, and with it the decoder's stack, shallow. */
  private static ASN1Primitive decoded(String what, int longest, Csr.RequestedExtension extension) {
    if (extension.value().length() > longest) {
      throw malformed(what, "is longer than " + longest + " octets");
    }
    try {
      return ASN1Primitive.fromByteArray(extension.value().octets());
    } catch (IOException | RuntimeException notDer) {
      throw new Failure.Malformed("requested extension", what, "is no DER", "X.690")
          .because(notDer);
    }
  }

  private static PkiException malformed(String what, String reason) {
    return new Failure.Malformed("requested extension", what, reason, "RFC 5280 s4.2.1").thrown();
  }
}
