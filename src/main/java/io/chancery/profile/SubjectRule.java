package io.chancery.profile;

import io.chancery.x509.DistinguishedName;
import java.util.Set;

/**
 * Where a subject comes from: {@code fixed} attributes of the profile come first, then those of the
 * request whose types are in {@code fromRequest}.
 */
public record SubjectRule(DistinguishedName fixed, Set<DistinguishedName.Type> fromRequest) {
  public SubjectRule {
    fromRequest = Set.copyOf(fromRequest);
  }
}
