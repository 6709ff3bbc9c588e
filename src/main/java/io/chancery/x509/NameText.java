package io.chancery.x509;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Any encoded name as text for people, in the order it is encoded in. */
final class NameText {
  private NameText() {}

  static String of(X500Name name) {
    StringBuilder text = new StringBuilder();
    for (var rdn : name.getRDNs()) {
      for (var pair : rdn.getTypesAndValues()) {
        text.append(text.isEmpty() ? "" : ", ")
            .append(
                BCStyle.INSTANCE.oidToDisplayName(pair.getType()) == null
                    ? pair.getType().getId()
                    : BCStyle.INSTANCE.oidToDisplayName(pair.getType()))
            .append('=')
            .append(pair.getValue().toString().replace(",", "\\,"));
      }
    }
    return text.toString();
  }
}
