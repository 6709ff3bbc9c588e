package io.chancery.profile;

import io.chancery.PkiException;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.DistinguishedName.Attribute;
import io.chancery.x509.SubjectAltName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a certificate would hold if the profile agreed to the request. Rules judge this and not the
 * request, so that names are authorised as they will stand in the certificate.
 */
record Draft(Profile profile, Request request, List<SubjectAltName> names) {
  Draft {
    names = List.copyOf(names);
  }

  static Draft of(Profile profile, Request request) {
    return new Draft(profile, request, names(profile, request).stream().distinct().toList());
  }

  /** The caller's names before those of the CSR, and these before its common name. */
  private static List<SubjectAltName> names(Profile profile, Request request) {
    if (!request.names().isEmpty()) {
      return request.names();
    }
    if (!request.csr().names().isEmpty()) {
      return request.csr().names();
    }
    return switch (profile.names().commonName()) {
      case FREE -> List.of();
      case IS_A_NAME ->
          request
              .csr()
              .subject()
              .commonName()
              .flatMap(Draft::host)
              .map(List::of)
              .orElseGet(List::of);
    };
  }

  /** The common name as a host name or an address, if it is one. */
  static Optional<SubjectAltName> host(String commonName) {
    try {
      boolean address = commonName.contains(":") || commonName.matches("[0-9.]+");
      return Optional.of(
          address ? SubjectAltName.Ip.parse(commonName) : new SubjectAltName.Dns(commonName));
    } catch (PkiException neither) {
      return Optional.empty();
    }
  }

  /** The subject's attributes: the fixed ones, then those that are taken from the request. */
  List<Attribute> attributes() {
    List<Attribute> attributes = new ArrayList<>(profile.subject().fixed().attributes());
    for (Attribute asked : request.csr().subject().attributes()) {
      if (profile.subject().fromRequest().contains(asked.type())) {
        attributes.add(asSpelled(asked));
      }
    }
    return attributes;
  }

  /** Only for a draft that passed every rule: there may be too many attributes before. */
  DistinguishedName subject() {
    return new DistinguishedName(attributes());
  }

  Duration validity() {
    return request.validity().orElse(profile.validity());
  }

  /** A common name that is a name is spelled as the name is: the two are compared by octets. */
  private Attribute asSpelled(Attribute asked) {
    return asked.type() == DistinguishedName.Type.CN
            && profile.names().commonName() == NameRule.CommonName.IS_A_NAME
        ? host(asked.value())
            .map(name -> new Attribute(DistinguishedName.Type.CN, name.value()))
            .orElse(asked)
        : asked;
  }
}
