package io.chancery.enrolment;

import io.chancery.Caller;
import io.chancery.access.Entitlement;
import io.chancery.profile.Allowance;
import io.chancery.profile.Audience;
import io.chancery.profile.NamePattern;
import io.chancery.profile.Profile;
import io.chancery.profile.ProfileName;
import io.chancery.profile.Request;
import io.chancery.x509.SubjectAltName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What access says of the caller, in the words that profiles read. */
final class Asked {
  private Asked() {}

  static Request of(EnrolmentRequest request, Profile profile, Entitlement entitlement) {
    Allowance allowance =
        switch (request.caller()) {
          case Caller.Authority self -> ofAuthority(request);
          case Caller.CertificateHolder holder -> of(profile, entitlement);
          case Caller.TokenHolder holder -> of(profile, entitlement);
          case Caller.Person person -> of(profile, entitlement);
        };
    return new Request(request.csr(), request.names(), request.validity(), allowance);
  }

  /** Whatever a table says: the authority's own profiles are for no caller but itself. */
  private static Allowance of(Profile profile, Entitlement entitlement) {
    return new Allowance(
        entitlement.profiles().stream()
            .map(ProfileName::new)
            .filter(
                name ->
                    profile.audience() == Audience.ORGANIZATIONS || !name.equals(profile.name()))
            .collect(Collectors.toSet()),
        patterns(entitlement.names()),
        patterns(entitlement.narrowed()));
  }

  /** The authority asks for its own names in its operator's words, and for nothing else. */
  private static Allowance ofAuthority(EnrolmentRequest request) {
    return new Allowance(
        Set.of(request.profile()), request.names().stream().map(Asked::exactly).toList());
  }

  private static NamePattern exactly(SubjectAltName name) {
    return new NamePattern(
        switch (name) {
          case SubjectAltName.Dns dns -> "dns:=" + dns.value();
          case SubjectAltName.Ip ip -> ip.text() + "/" + 8 * ip.address().getAddress().length;
          case SubjectAltName.Uri uri -> "uri:=" + uri.value();
          case SubjectAltName.Email email -> email.text();
        });
  }

  private static List<NamePattern> patterns(List<String> texts) {
    return texts.stream().map(NamePattern::of).toList();
  }
}
