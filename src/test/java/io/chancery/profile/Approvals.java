package io.chancery.profile;

import io.chancery.x509.DistinguishedName;
import io.chancery.x509.SubjectAltName;
import io.chancery.x509.SubjectPublicKey;
import java.time.Duration;
import java.util.List;

/** Approvals for tests of the rooms above, without asking the rules. */
public final class Approvals {
  private Approvals() {}

  public static Approval of(
      Profile profile,
      DistinguishedName subject,
      List<SubjectAltName> names,
      SubjectPublicKey key,
      Duration validity) {
    return new Approval(profile, subject, names, key, validity);
  }
}
