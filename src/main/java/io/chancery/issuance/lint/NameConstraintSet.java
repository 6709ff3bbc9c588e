package io.chancery.issuance.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;

/** Every name constraint on a path, put together once (RFC 5280 s6.1.4 g). Never changed after. */
public final class NameConstraintSet {
  public static final NameConstraintSet NONE = of(List.of());

  private final PKIXNameConstraintValidator validator = new PKIXNameConstraintValidator();
  private final List<String> excludedDomains = new ArrayList<>();

  private NameConstraintSet() {}

  public static NameConstraintSet of(List<NameConstraints> path) {
    NameConstraintSet set = new NameConstraintSet();
    path.forEach(set::add);
    return set;
  }

  /** Why the name may not stand under these constraints; empty where it may. */
  public Optional<String> breach(GeneralName name) {
    try {
      validator.checkPermitted(name);
      validator.checkExcluded(name);
    } catch (NameConstraintValidatorException outside) {
      return Optional.of("is outside the issuer's name constraints");
    }
    return name.getTagNo() == GeneralName.dNSName ? wildcardOverExcluded(name) : Optional.empty();
  }

  /** RFC 5280 s4.2.1.10: a wildcard above an excluded domain would stand for names in it. */
  private Optional<String> wildcardOverExcluded(GeneralName name) {
    String text = ASN1IA5String.getInstance(name.getName()).getString().toLowerCase(Locale.ROOT);
    return excludedDomains.stream()
        .filter(excluded -> text.startsWith("*.") && excluded.endsWith(text.substring(1)))
        .findFirst()
        .map(excluded -> "is a wildcard over a domain that the issuer may not name");
  }

  private void add(NameConstraints constraints) {
    if (constraints.getPermittedSubtrees() != null) {
      validator.intersectPermittedSubtree(constraints.getPermittedSubtrees());
    }
    if (constraints.getExcludedSubtrees() != null) {
      for (var subtree : constraints.getExcludedSubtrees()) {
        validator.addExcludedSubtree(subtree);
        if (subtree.getBase().getTagNo() == GeneralName.dNSName) {
          excludedDomains.add(
              ASN1IA5String.getInstance(subtree.getBase().getName())
                  .getString()
                  .toLowerCase(Locale.ROOT));
        }
      }
    }
  }
}
