package io.chancery.access;

import io.chancery.Caller;
import io.chancery.OrganizationId;
import io.chancery.PkiException;
import io.chancery.Role;
import io.chancery.access.foreign.ForeignAuthorities;
import io.chancery.inventory.Entry;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Transactions;
import io.chancery.x509.CertificateStatus;
import io.chancery.x509.Der;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.SubjectAltName;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who stands behind a client certificate: shown by its holder, or by a proxy that saw it. */
@Singleton
final class CertificateLogins {
  private final CertificateLookup lookup;
  private final Transactions transactions;
  private final Inventory inventory;
  private final Organizations organizations;
  private final Persons persons;
  private final ForeignAuthorities foreign;
  private final Provider<ProxyConfig> proxy;
  private final InstantSource clock;

  @Inject
  CertificateLogins(
      CertificateLookup lookup,
      Transactions transactions,
      Inventory inventory,
      Organizations organizations,
      Persons persons,
      ForeignAuthorities foreign,
      Provider<ProxyConfig> proxy,
      InstantSource clock) {
    this.lookup = lookup;
    this.transactions = transactions;
    this.inventory = inventory;
    this.organizations = organizations;
    this.persons = persons;
    this.foreign = foreign;
    this.proxy = proxy;
    this.clock = clock;
  }

  Caller callerOf(Credential.Connection connection) {
    return connection instanceof Credential.ClientCertificate shown
        ? lookup.service(shown, proxyNames()).orElseGet(() -> transactions.call(() -> asked(shown)))
        : transactions.call(() -> asked(connection));
  }

  private Caller asked(Credential.Connection connection) {
    return switch (connection) {
      case Credential.None none ->
          throw Access.unauthenticated(
              "no credential was shown",
              "use a client certificate of this authority, or an enrolment token as"
                  + " 'Authorization: Bearer ...'");
      case Credential.ClientCertificate shown -> holderOf(notAProxy(shown));
      case Credential.Forwarded shown -> holderOf(seen(shown));
    };
  }

  /** The certificate whose key was proven to this service or to its proxy. */
  Optional<Der> proven(Credential.Connection connection) {
    return switch (connection) {
      case Credential.None none -> Optional.empty();
      case Credential.ClientCertificate shown -> Optional.of(shown.certificate());
      case Credential.Forwarded shown -> Optional.of(seen(shown).certificate());
    };
  }

  /** What a proxy says it saw; what anybody else says is not heard, and they are who they are. */
  private Credential.ClientCertificate seen(Credential.Forwarded shown) {
    return isProxy(shown.by())
        ? new Credential.ClientCertificate(ForwardedCertificate.of(shown.text()))
        : shown.by();
  }

  /** Whoever comes through a proxy without a certificate must not become the proxy. */
  private Credential.ClientCertificate notAProxy(Credential.ClientCertificate shown) {
    if (isProxy(shown)) {
      throw Access.unauthenticated(
          "the proxy forwards no client certificate", "show one to it, or a token");
    }
    return shown;
  }

  private Set<String> proxyNames() {
    return Set.copyOf(proxy.get().names().orElse(List.of()));
  }

  private boolean isProxy(Credential.ClientCertificate shown) {
    Set<String> names = proxyNames();
    if (names.isEmpty()) {
      return false;
    }
    Optional<Entry> entry = known(IssuedCertificate.parse(shown.certificate()), shown);
    boolean proxied =
        entry
            .filter(
                one -> proxy.get().organization().equals(Optional.of(one.organization().value())))
            .filter(one -> namesOf(one).stream().anyMatch(names::contains))
            .isPresent();
    if (proxied) {
      mustBeInForce(entry.get(), clock.instant());
      organizations.mustBeActive(entry.get().organization());
    }
    return proxied;
  }

  private Caller holderOf(Credential.ClientCertificate shown) {
    IssuedCertificate certificate = parsed(shown);
    return known(certificate, shown)
        .map(entry -> holderOf(entry, clock.instant()))
        .or(() -> foreignHolder(shown))
        .orElseThrow(
            () ->
                Access.unauthenticated(
                    "the client certificate is not in this authority's book",
                    "use a certificate that this authority issued"));
  }

  private static IssuedCertificate parsed(Credential.ClientCertificate shown) {
    try {
      return IssuedCertificate.parse(shown.certificate());
    } catch (PkiException unreadable) {
      throw Access.unauthenticated(
          "the client certificate cannot be read: " + unreadable.failure().detail(),
          "use a certificate that this authority issued");
    }
  }

  /** A certificate that the book does not know is foreign, whatever it says: octets decide. */
  private Optional<Entry> known(IssuedCertificate certificate, Credential.ClientCertificate shown) {
    return inventory
        .find(certificate.serial())
        .filter(known -> known.certificate().der().equals(shown.certificate()));
  }

  /** Of this authority's own certificates: a foreign one's status is not known here. */
  Optional<Caller> holder(Der certificate, Instant at) {
    var shown = new Credential.ClientCertificate(certificate);
    return known(parsed(shown), shown).map(entry -> holderOf(entry, at));
  }

  private Caller holderOf(Entry entry, Instant at) {
    mustBeInForce(entry, at);
    organizations.mustBeActive(entry.organization());
    List<String> names = namesOf(entry);
    return persons
        .holderOf(entry.organization(), entry.certificate().thumbprint().hex(), names)
        .map(persons::served)
        .orElseGet(
            () ->
                new Caller.CertificateHolder(
                    entry.serial().hex(),
                    entry.organization(),
                    rolesOf(entry.organization(), names)));
  }

  private Optional<Caller> foreignHolder(Credential.ClientCertificate shown) {
    return foreign
        .authorityOf(shown.certificate(), shown.above(), clock.instant())
        .map(
            authority -> {
              IssuedCertificate certificate = IssuedCertificate.parse(shown.certificate());
              return persons
                  .knownBy(
                      authority,
                      certificate.thumbprint().hex(),
                      certificate.names().stream().map(SubjectAltName::text).toList())
                  .map(persons::served)
                  .orElseThrow(
                      () ->
                          Access.unauthenticated(
                              "nobody here is known by this certificate of " + authority,
                              "ask an administrator to enter it as an identity"));
            });
  }

  private static void mustBeInForce(Entry entry, Instant now) {
    if (!entry.certificate().validity().holds(now)) {
      throw Access.unauthenticated(
          "the client certificate "
              + entry.serial()
              + " is valid from "
              + entry.certificate().validity().notBefore()
              + " to "
              + entry.certificate().validity().notAfter(),
          "request a new certificate");
    }
    switch (entry.status()) {
      case CertificateStatus.Good good -> {}
      case CertificateStatus.Held held ->
          throw Access.unauthenticated(
              "the client certificate " + entry.serial() + " is on hold since " + held.since(),
              "ask an operator to lift the hold");
      case CertificateStatus.Revoked revoked ->
          throw Access.unauthenticated(
              "the client certificate "
                  + entry.serial()
                  + " was revoked at "
                  + revoked.since()
                  + " ("
                  + revoked.reason().text()
                  + ")",
              "request a new certificate");
    }
  }

  /** Whoever was granted a role has what was granted and no more: an auditor issues nothing. */
  private Set<Role> rolesOf(OrganizationId owner, List<String> names) {
    Set<Role> granted = organizations.granted(owner, names);
    return granted.isEmpty() ? Set.of(Role.SERVICE) : granted;
  }

  private static List<String> namesOf(Entry entry) {
    return entry.certificate().names().stream().map(SubjectAltName::text).toList();
  }
}
