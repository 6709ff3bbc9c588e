package io.chancery.access;

import io.chancery.Caller;
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
 * The way of most client certificates: a service's own, in force. One question to the book, whose
 * answer says what its holder may ask for as well; where it has anything else to say, {@link
 * CertificateLogins} asks further and says what.
 */
@Singleton
final class CertificateLookup {
  /** Octets decide: a certificate that is not in the book to the bit is not in the book. */
  private static final String IN_FORCE =
      "select array(select g.role from role_grant g"
          + " where g.organization = c.organization and g.name = any (c.names)),"
          + " exists (select from identities_by(array_append(c.names, ?)) i where i.issuer = ''"
          + " and (i.kind = 'certificate' or i.organization = c.organization)), o."
          + Organizations.COLUMNS.replace(", ", ", o.")
          + " from certificate c join organization o on o.id = c.organization"
          + " where c.serial = ? and c.der = ? and c.status = 'good' and o.suspended_at is null";

  private final SingleRead reads;
  private final InstantSource clock;

  @Inject
  CertificateLookup(SingleRead reads, InstantSource clock) {
    this.reads = reads;
    this.clock = clock;
  }

  private record Found(Set<Role> roles, boolean person, Organization organization) {
    static Found of(ResultSet row) throws SQLException {
      String[] roles = (String[]) row.getArray(1).getArray();
      return new Found(
          Arrays.stream(roles).map(Role::valueOf).collect(Collectors.toSet()),
          row.getBoolean(2),
          Organizations.organization(row, 2));
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
    long asked = System.nanoTime();
    Optional<Found> service =
        reads
            .first(
                IN_FORCE,
                statement -> {
                  statement.setString(1, certificate.thumbprint().hex());
                  statement.setString(2, certificate.serial().hex());
                  statement.setBytes(3, shown.certificate().octets());
                },
                Found::of)
            .filter(found -> !found.person());
    return service.map(
        found -> {
          Caller holder =
              new Caller.CertificateHolder(
                  certificate.serial().hex(),
                  found.organization().id(),
                  // Whoever was granted a role has what was granted and no more.
                  found.roles().isEmpty() ? Set.of(Role.SERVICE) : found.roles());
          Entitlement.AtLogin.keep(
              holder, () -> Organizations.entitlement(found.organization()), asked);
          return holder;
        });
  }
}
