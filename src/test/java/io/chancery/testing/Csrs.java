package io.chancery.testing;

import io.chancery.x509.Csr;
import io.chancery.x509.Der;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;

/**
 * Makes key pairs and certification requests: {@code
 * Csrs.ec("CN=a").dns("a.internal.test").build()}.
 *
 * <p>Every part can be replaced by another, so that bad requests are made here too; what is not
 * replaced is right, the signature included.
 */
public final class Csrs {
  /** RSA keys take long to make and tests do not need fresh ones. */
  private static final Map<KeyAlgorithm, KeyPair> RSA = new ConcurrentHashMap<>();

  private final KeyPair pair;
  private X500Name subject;
  private SubjectPublicKeyInfo key;
  private int version;
  private final List<GeneralName> names = new ArrayList<>();
  private final List<ASN1Encodable> extensions = new ArrayList<>();
  private final List<ASN1Encodable> attributes = new ArrayList<>();
  private String jcaAlgorithm;
  private Optional<AlgorithmIdentifier> algorithm = Optional.empty();
  private Optional<byte[]> signature = Optional.empty();

  private Csrs(KeyPair pair, X500Name subject, String jcaAlgorithm) {
    this.pair = pair;
    this.subject = subject;
    this.key = SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
    this.jcaAlgorithm = jcaAlgorithm;
  }

  /** A request with a fresh P-256 key; the subject as {@code C=NL,O=Bank,CN=a} or empty. */
  public static Csrs ec(String subject) {
    return of(KeyAlgorithm.EC_P256, subject);
  }

  /** A request with an RSA key of this size, which other requests share. */
  public static Csrs rsa(int bits, String subject) {
    return of(KeyAlgorithm.rsa(bits), subject);
  }

  public static Csrs ed25519(String subject) {
    return of(KeyAlgorithm.ED25519, subject);
  }

  /** A request with a key of this algorithm; fresh, but for RSA. */
  public static Csrs of(KeyAlgorithm algorithm, String subject) {
    return of(pair(algorithm), subject);
  }

  /** A request with this key. */
  public static Csrs of(KeyPair pair, String subject) {
    String algorithm =
        switch (pair.getPublic().getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "Ed25519";
        };
    return new Csrs(pair, new X500Name(subject), algorithm);
  }

  /** A key pair; fresh, but for RSA. */
  public static KeyPair pair(KeyAlgorithm algorithm) {
    return switch (algorithm.family()) {
      case RSA -> RSA.computeIfAbsent(algorithm, FreshKeys::of);
      case EC, ED25519 -> FreshKeys.of(algorithm);
    };
  }

  public Csrs dns(String... values) {
    return names(GeneralName.dNSName, values);
  }

  public Csrs ip(String... values) {
    return names(GeneralName.iPAddress, values);
  }

  public Csrs uri(String... values) {
    return names(GeneralName.uniformResourceIdentifier, values);
  }

  public Csrs email(String... values) {
    return names(GeneralName.rfc822Name, values);
  }

  private Csrs names(int kind, String... values) {
    for (String value : values) {
      names.add(new GeneralName(kind, value));
    }
    return this;
  }

  /** Any name, hostile ones too. */
  public Csrs name(GeneralName name) {
    names.add(name);
    return this;
  }

  public Csrs subject(X500Name other) {
    subject = other;
    return this;
  }

  /** Asks for an extension; {@code value} is what stands in its OCTET STRING. */
  public Csrs extension(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
    return rawExtension(new Extension(oid, critical, encoded(value)));
  }

  /** Anything in the place of an extension. */
  public Csrs rawExtension(ASN1Encodable extension) {
    extensions.add(extension);
    return this;
  }

  /** Another attribute beside extensionRequest. */
  public Csrs attribute(ASN1ObjectIdentifier type, ASN1Encodable... values) {
    return rawAttribute(new DERSequence(new ASN1Encodable[] {type, new DERSet(values)}));
  }

  /** Anything in the place of an attribute. */
  public Csrs rawAttribute(ASN1Encodable attribute) {
    attributes.add(attribute);
    return this;
  }

  /** Signs with another algorithm of the key: a name of {@link Signature}. */
  public Csrs signedWith(String algorithmName) {
    jcaAlgorithm = algorithmName;
    return this;
  }

  /** Says that it was signed so, whatever it was signed with. */
  public Csrs claiming(AlgorithmIdentifier other) {
    algorithm = Optional.of(other);
    return this;
  }

  /** Another public key than the one that signs. */
  public Csrs key(SubjectPublicKeyInfo other) {
    key = other;
    return this;
  }

  public Csrs version(int other) {
    version = other;
    return this;
  }

  public Csrs signature(byte[] other) {
    signature = Optional.of(other.clone());
    return this;
  }

  public Made build() {
    return new Made(pair, Der.of(encoded(request())));
  }

  /** The request as a structure, to be taken apart. */
  public DERSequence request() {
    DERSequence info = info();
    AlgorithmIdentifier identifier =
        algorithm.orElseGet(
            () -> new DefaultSignatureAlgorithmIdentifierFinder().find(jcaAlgorithm));
    return new DERSequence(
        new ASN1Encodable[] {
          info, identifier, new DERBitString(signature.orElseGet(() -> sign(encoded(info))))
        });
  }

  private DERSequence info() {
    ASN1EncodableVector all = new ASN1EncodableVector();
    ASN1EncodableVector asked = new ASN1EncodableVector();
    if (!names.isEmpty()) {
      GeneralNames san = new GeneralNames(names.toArray(GeneralName[]::new));
      asked.add(new Extension(Extension.subjectAlternativeName, false, encoded(san)));
    }
    extensions.forEach(asked::add);
    if (asked.size() > 0) {
      all.add(
          new DERSequence(
              new ASN1Encodable[] {
                PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, new DERSet(new DERSequence(asked))
              }));
    }
    attributes.forEach(all::add);
    return new DERSequence(
        new ASN1Encodable[] {
          new ASN1Integer(version), subject, key, new DERTaggedObject(false, 0, new DERSet(all))
        });
  }

  private byte[] sign(byte[] message) {
    try {
      Signature signer = Signature.getInstance(jcaAlgorithm);
      signer.initSign(pair.getPrivate());
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The DER of anything. */
  public static byte[] encoded(ASN1Encodable value) {
    try {
      return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A finished request and the key pair that signed it. */
  public record Made(KeyPair pair, Der request) {
    public byte[] der() {
      return request.octets();
    }

    public String pem() {
      return Pem.encode(Pem.REQUEST, request);
    }

    public byte[] pemOctets() {
      return pem().getBytes(StandardCharsets.US_ASCII);
    }

    /** The request as the strict parser reads it; throws where it is not good. */
    public Csr csr() {
      return Csr.parse(der());
    }
  }
}
