package io.chancery.issuance;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Quoted;
import io.chancery.x509.SubjectAltName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;

/**
 * The names an authority may give (RFC 5280 s4.2.1.10). A domain covers itself and all below it; a
 * network is written {@code 10.0.0.0/8}. An empty permitted list permits every name of its kind.
 */
public record NameConstraints(
    List<String> permittedDomains,
    List<String> excludedDomains,
    List<String> permittedNetworks,
    List<String> excludedNetworks) {
  public static final NameConstraints NONE =
      new NameConstraints(List.of(), List.of(), List.of(), List.of());

  public NameConstraints {
    permittedDomains = List.copyOf(permittedDomains);
    excludedDomains = List.copyOf(excludedDomains);
    permittedNetworks = List.copyOf(permittedNetworks);
    excludedNetworks = List.copyOf(excludedNetworks);
    permittedDomains.forEach(NameConstraints::domain);
    excludedDomains.forEach(NameConstraints::domain);
    permittedNetworks.forEach(NameConstraints::network);
    excludedNetworks.forEach(NameConstraints::network);
  }

  /** The extension's value; empty where nothing is constrained. */
  Optional<org.bouncycastle.asn1.x509.NameConstraints> toAsn1() {
    GeneralSubtree[] permitted = subtrees(permittedDomains, permittedNetworks);
    GeneralSubtree[] excluded = subtrees(excludedDomains, excludedNetworks);
    // RFC 5280 s4.2.1.10: conforming CAs MUST NOT issue an empty sequence.
    return permitted.length + excluded.length == 0
        ? Optional.empty()
        : Optional.of(
            new org.bouncycastle.asn1.x509.NameConstraints(
                permitted.length == 0 ? null : permitted, excluded.length == 0 ? null : excluded));
  }

  private static GeneralSubtree[] subtrees(List<String> domains, List<String> networks) {
    List<GeneralSubtree> all = new ArrayList<>();
    domains.forEach(text -> all.add(new GeneralSubtree(domain(text))));
    networks.forEach(text -> all.add(new GeneralSubtree(network(text))));
    return all.toArray(GeneralSubtree[]::new);
  }

  private static GeneralName domain(String text) {
    SubjectAltName.Dns dns = new SubjectAltName.Dns(text);
    if (dns.wildcard()) {
      throw malformed(text, "is a wildcard; a domain covers all below it anyway");
    }
    return new GeneralName(GeneralName.dNSName, new DERIA5String(dns.value()));
  }

  /** RFC 5280 s4.2.1.10: the address and its mask, 8 or 32 octets. */
  private static GeneralName network(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
      throw malformed(text, "is no network as 10.0.0.0/8");
    }
    byte[] address = SubjectAltName.Ip.parse(text.substring(0, slash)).address().getAddress();
    int bits = Integer.parseInt(text.substring(slash + 1));
    if (bits > address.length * 8) {
      throw malformed(text, "has a prefix longer than its address");
    }
    byte[] both = new byte[address.length * 2];
    for (int i = 0; i < address.length; i++) {
      int mask = 0xff << (8 - Math.clamp(bits - 8L * i, 0, 8)) & 0xff;
      if ((address[i] & ~mask & 0xff) != 0) {
        throw malformed(text, "has address bits behind its prefix");
      }
      both[i] = address[i];
      both[address.length + i] = (byte) mask;
    }
    return new GeneralName(GeneralName.iPAddress, new DEROctetString(both));
  }

  private static PkiException malformed(String text, String reason) {
    return new Failure.Malformed("name constraint", Quoted.of(text), reason, "RFC 5280 s4.2.1.10")
        .thrown();
  }
}
