package io.chancery.x509;

import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.operator.DefaultAlgorithmNameFinder;

/** An object identifier for people: {@code 1.2.840.113549.1.9.7 (challengePassword)}. */
final class OidText {
  private static final DefaultAlgorithmNameFinder ALGORITHMS = new DefaultAlgorithmNameFinder();

  /** What requests carry and neither list below knows. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("1.2.840.113549.1.9.2", "unstructuredName"),
          Map.entry("1.2.840.113549.1.9.7", "challengePassword"),
          Map.entry("1.2.840.113549.1.9.14", "extensionRequest"),
          Map.entry("1.3.6.1.4.1.311.2.1.14", "Microsoft's extension list"),
          Map.entry("1.2.840.10040.4.1", "DSA"),
          Map.entry("1.2.840.10046.2.1", "DH"),
          Map.entry("1.2.840.113549.1.1.10", "RSASSA-PSS"),
          Map.entry("1.2.840.10045.3.1.1", "P-192"),
          Map.entry("1.3.132.0.10", "secp256k1"),
          Map.entry("1.3.132.0.33", "P-224"),
          Map.entry("1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1"),
          Map.entry("1.3.101.110", "X25519"),
          Map.entry("1.3.101.111", "X448"),
          Map.entry("1.3.101.113", "Ed448"),
          Map.entry("2.16.840.1.101.3.4.3.17", "ML-DSA-44"),
          Map.entry("2.16.840.1.101.3.4.3.18", "ML-DSA-65"),
          Map.entry("2.16.840.1.101.3.4.3.19", "ML-DSA-87"));

  private OidText() {}

  static String of(ASN1ObjectIdentifier oid) {
    String name = name(oid);
    return name.isEmpty() ? oid.getId() : oid.getId() + " (" + name + ")";
  }

  private static String name(ASN1ObjectIdentifier oid) {
    String known = OTHERS.get(oid.getId());
    if (known != null) {
      return known;
    }
    String attribute = BCStyle.INSTANCE.oidToDisplayName(oid);
    if (attribute != null) {
      return attribute;
    }
    return ALGORITHMS.hasAlgorithmName(oid) ? ALGORITHMS.getAlgorithmName(oid) : "";
  }
}
