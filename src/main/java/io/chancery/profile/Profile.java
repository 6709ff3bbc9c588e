package io.chancery.profile;

import io.chancery.x509.IssuerName;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.Validity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * One kind of certificate: everything that the authority, and not the request, decides.
 *
 * @param backdate how long before now notBefore is set, for clocks that are behind
 * @param validity what a request gets that asks for no length; {@code longest} is the most it may
 *     ask for
 * @param approvals how many persons beside whoever asks must approve each certificate
 * @param renewAfter the part of the lifetime after which renewal is due, in (0, 1)
 */
public record Profile(
    ProfileName name,
    String description,
    IssuerName issuer,
    Audience audience,
    Set<KeyAlgorithm> keys,
    Duration backdate,
    Duration validity,
    Duration longest,
    double renewAfter,
    SubjectRule subject,
    NameRule names,
    Set<KeyUsage> keyUsage,
    List<ExtendedKeyUsage> extendedKeyUsage,
    StatusSource status,
    int approvals) {
  public Profile {
    keys = Set.copyOf(keys);
    keyUsage = Set.copyOf(keyUsage);
    extendedKeyUsage = List.copyOf(extendedKeyUsage);
  }

  /**
   * When a certificate of this profile is to be renewed: {@code renewAfter} of its length is over.
   */
  public Instant renewalDue(Validity certificate) {
    long seconds = (long) (certificate.length().toSeconds() * renewAfter);
    return certificate.notBefore().plusSeconds(seconds);
  }
}
