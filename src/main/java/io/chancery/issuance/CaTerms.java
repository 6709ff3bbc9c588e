package io.chancery.issuance;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;

/**
 * What was agreed on for an authority's certificate: how many authorities may stand below it, and
 * the domains and networks it may name. Constraints of other kinds only narrow it, and may come on
 * top.
 */
public record CaTerms(int pathLength, NameConstraints names) {
  /** Refuses a certificate with other terms. */
  void mustBeThoseOf(String where, CaCertificate certificate) {
    Optional<Integer> found = certificate.pathLength();
    // RFC 5280 s4.2.1.9: without the field there is no limit.
    if (found.isEmpty() || found.get() != pathLength) {
      throw wrong(
          where,
          "its path length is "
              + found.map(Object::toString).orElse("missing")
              + ", and "
              + pathLength
              + " was agreed on",
          "have it made with pathlen:" + pathLength);
    }
    TreeSet<String> agreed = new TreeSet<>(names.toAsn1().map(CaTerms::words).orElse(none()));
    TreeSet<String> written =
        new TreeSet<>(certificate.nameConstraints().map(CaTerms::words).orElse(none()));
    if (!agreed.equals(written)) {
      throw wrong(
          where,
          "its name constraints are " + written + ", and " + agreed + " were agreed on",
          "have it made with those that were agreed on, or agree on others");
    }
  }

  private static TreeSet<String> none() {
    return new TreeSet<>();
  }

  /** Each constraint on a domain or network as one word. */
  private static TreeSet<String> words(org.bouncycastle.asn1.x509.NameConstraints set) {
    return Stream.concat(
            words("permitted", Optional.ofNullable(set.getPermittedSubtrees())),
            words("excluded", Optional.ofNullable(set.getExcludedSubtrees())))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> words(String kind, Optional<GeneralSubtree[]> subtrees) {
    return subtrees.stream()
        .flatMap(Arrays::stream)
        .map(GeneralSubtree::getBase)
        .filter(base -> base.getTagNo() == GeneralName.dNSName || isNetwork(base))
        .map(base -> kind + " " + word(base));
  }

  private static String word(GeneralName base) {
    return isNetwork(base)
        ? "ip:" + network(ASN1OctetString.getInstance(base.getName()).getOctets())
        : "dns:"
            + io.chancery.Quoted.of(
                ASN1IA5String.getInstance(base.getName()).getString().toLowerCase(Locale.ROOT));
  }

  private static boolean isNetwork(GeneralName base) {
    return base.getTagNo() == GeneralName.iPAddress;
  }

  /** RFC 5280 s4.2.1.10: the address, then its mask. */
  private static String network(byte[] octets) {
    java.util.HexFormat hex = java.util.HexFormat.of();
    int half = octets.length / 2;
    return hex.formatHex(octets, 0, half) + "/" + hex.formatHex(octets, half, octets.length);
  }

  private static PkiException wrong(String where, String reason, String remedy) {
    return new Failure.Misconfigured(where, reason, remedy).thrown();
  }
}
