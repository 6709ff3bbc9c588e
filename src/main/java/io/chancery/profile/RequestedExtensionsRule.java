package io.chancery.profile;

import io.chancery.PkiException;
import io.chancery.Quoted;
import io.chancery.x509.Csr.RequestedExtension;
import io.chancery.x509.ExtensionFacts;
import java.util.Optional;
import java.util.Set;

/**
 * The request asks for nothing dangerous. Extensions come from the profile whatever is asked for,
 * so a harmless difference is let pass (a preview shows it); but who asks to be an authority, a
 * responder or good for everything has made a mistake or means harm, and must hear of it.
 */
record RequestedExtensionsRule() implements Rule {
  private static final String ANY_PURPOSE = "2.5.29.37.0";

  @Override
  public String name() {
    return "requested-extensions";
  }

  @Override
  public Verdict judge(Draft draft) {
    for (RequestedExtension extension : draft.request().csr().requested()) {
      Optional<String> danger = danger(draft.profile(), extension);
      if (danger.isPresent()) {
        return refused(
            "the request asks for " + danger.get(),
            "make the request without this: the extensions come from profile "
                + draft.profile().name());
      }
    }
    return accepted();
  }

  private static Optional<String> danger(Profile profile, RequestedExtension extension) {
    try {
      return switch (ExtensionFacts.of(extension)) {
        case ExtensionFacts.BasicConstraints constraints -> authority(constraints);
        case ExtensionFacts.KeyUsageBits usage -> signingForOthers(usage.bits());
        case ExtensionFacts.Purposes purposes -> purpose(profile, purposes.oids());
        case ExtensionFacts.SubjectKeyIdentifier _ -> Optional.empty();
        // RFC 5280 s4.2: who marks an extension critical wants no certificate without it.
        case ExtensionFacts.Other other ->
            extension.critical()
                ? Optional.of(
                    "the critical extension "
                        + Quoted.of(other.oid())
                        + ", which is not issued here")
                : Optional.empty();
      };
    } catch (PkiException malformed) {
      return Optional.of("an extension that cannot be read: " + malformed.failure().detail());
    }
  }

  private static Optional<String> authority(ExtensionFacts.BasicConstraints constraints) {
    if (constraints.authority()) {
      return Optional.of("CA:TRUE in basicConstraints");
    }
    return constraints.pathLength().map(length -> "pathlen:" + length + " in basicConstraints");
  }

  private static Optional<String> signingForOthers(Set<Integer> bits) {
    if (bits.contains(KeyUsage.KEY_CERT_SIGN.bit())) {
      return Optional.of("keyCertSign in keyUsage");
    }
    return bits.contains(KeyUsage.CRL_SIGN.bit())
        ? Optional.of("cRLSign in keyUsage")
        : Optional.empty();
  }

  private static Optional<String> purpose(Profile profile, Set<String> oids) {
    if (oids.contains(ANY_PURPOSE)) {
      return Optional.of("anyExtendedKeyUsage in extKeyUsage");
    }
    return oids.contains(ExtendedKeyUsage.OCSP_SIGNING.oid())
            && !profile.extendedKeyUsage().contains(ExtendedKeyUsage.OCSP_SIGNING)
        ? Optional.of("OCSPSigning in extKeyUsage")
        : Optional.empty();
  }
}
