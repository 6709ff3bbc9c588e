package io.chancery.access;

import io.chancery.Caller;
import io.chancery.OrganizationId;
import io.chancery.PkiException;
import io.chancery.Role;
import io.chancery.inventory.SingleRead;
import io.chancery.x509.IssuedCertificate;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The way of most client certificates: a service's own, in force. One question to the book; where
 * it has anything else to say, {@link CertificateLogins} asks further and says what.
 */
@Singleton
final class CertificateLookup {
  /** Octets decide: a certificate that is not in the book to the bit is not in the book. */
  private static final String IN_FORCE =
      "select c.organization, array(select g.role from role_grant g"
          + " where g.organization = c.organization and g.name = any (c.names)),"
          + " exists (select from identities_by(array_append(c.names, ?)) i where i.issuer = ''"
          + " and (i.kind = 'certificate' or i.organization = c.organization))"
          + " from certificate c join organization o on o.id = c.organization"
          + " where c.serial = ? and c.der = ? and c.status = 'good' and o.suspended_at is null";

  private final SingleRead reads;
  private final InstantSource clock;

  @Inject
  CertificateLookup(SingleRead reads, InstantSource clock) {
    this.reads = reads;
    this.clock = clock;
  }

  private record Found(String organization, Set<Role> roles, boolean person) {
    static Found of(ResultSet row) throws SQLException {
      String[] roles = (String[]) row.getArray(2).getArray();
      return new Found(
          row.getString(1),
          Arrays.stream(roles).map(Role::valueOf).collect(Collectors.toSet()),
          row.getBoolean(3));
    }
  }

  /**
   * The holder; empty where it is a person, or anything is not as it is with most.
   *
   * @param proxies names of proxies: whoever has one of them may be no caller at all
   */
  Optional<Caller> service(Credential.ClientCertificate shown, Set<String> proxies) {
    IssuedCertificate certificate;
    try {
      certificate = IssuedCertificate.parse(shown.certificate());
    } catch (PkiException toldLater) {
      return Optional.empty();
    }
    if (!certificate.validity().holds(clock.instant())
        || certificate.names().stream().anyMatch(name -> proxies.contains(name.text()))) {
      return Optional.empty();
    }
    return reads
        .first(
            IN_FORCE,
            statement -> {
              statement.setString(1, certificate.thumbprint().hex());
              statement.setString(2, certificate.serial().hex());
              statement.setBytes(3, shown.certificate().octets());
            },
            Found::of)
        .filter(found -> !found.person())
        .map(
            found ->
                new Caller.CertificateHolder(
                    certificate.serial().hex(),
                    new OrganizationId(found.organization()),
                    // Whoever was granted a role has what was granted and no more.
                    found.roles().isEmpty() ? Set.of(Role.SERVICE) : found.roles()));
  }
}
