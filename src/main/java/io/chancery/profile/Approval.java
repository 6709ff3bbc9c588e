package io.chancery.profile;

import io.chancery.x509.DistinguishedName;
import io.chancery.x509.SubjectAltName;
import io.chancery.x509.SubjectPublicKey;
import java.time.Duration;
import java.util.List;

/**
 * A profile's agreement to one certificate, with its contents as they will stand in it. Only this
 * room makes one.
 */
public final class Approval {
  private final Profile profile;
  private final DistinguishedName subject;
  private final List<SubjectAltName> names;
  private final SubjectPublicKey key;
  private final Duration validity;

  Approval(
      Profile profile,
      DistinguishedName subject,
      List<SubjectAltName> names,
      SubjectPublicKey key,
      Duration validity) {
    this.profile = profile;
    this.subject = subject;
    this.names = List.copyOf(names);
    this.key = key;
    this.validity = validity;
  }

  public Profile profile() {
    return profile;
  }

  public DistinguishedName subject() {
    return subject;
  }

  public List<SubjectAltName> names() {
    return names;
  }

  public SubjectPublicKey key() {
    return key;
  }

  /** How long the certificate is to be valid, unless its issuer ends earlier. */
  public Duration validity() {
    return validity;
  }
}
