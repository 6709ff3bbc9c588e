package io.chancery.access;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.PkiException;
import io.chancery.Role;
import io.chancery.inventory.Entry;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Transactions;
import io.chancery.x509.CertificateStatus;
import io.chancery.x509.Der;
import io.chancery.x509.IssuedCertificate;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/** From a credential to a caller. The book is asked every time; nothing is remembered. */
@Singleton
public final class Access {
  private final Inventory inventory;
  private final Organizations organizations;
  private final Tokens tokens;
  private final FailedLogins failed;
  private final Transactions transactions;
  private final InstantSource clock;
  private final LastScopes scopes = new LastScopes();

  @Inject
  Access(
      Inventory inventory,
      Organizations organizations,
      Tokens tokens,
      FailedLogins failed,
      Transactions transactions,
      InstantSource clock) {
    this.inventory = inventory;
    this.organizations = organizations;
    this.tokens = tokens;
    this.failed = failed;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * The caller behind the credential; {@code Unauthenticated}, and an entry on the roll, if none.
   */
  public Caller authenticate(Credential credential) {
    try {
      return scopes.find(credential, () -> transactions.call(() -> callerOf(credential)));
    } catch (PkiException refused) {
      if (refused.failure() instanceof Failure.Unauthenticated why
          && !(credential instanceof Credential.None)) {
        failed.record(credential, why);
      }
      throw refused;
    }
  }

  private Caller callerOf(Credential credential) {
    return switch (credential) {
      case Credential.None none ->
          throw unauthenticated(
              "no credential was shown",
              "use a client certificate of this authority, or an enrolment token as"
                  + " 'Authorization: Bearer ...'");
      case Credential.ClientCertificate shown -> holderOf(shown.certificate());
      case Credential.BearerToken shown -> tokens.holderOf(shown);
    };
  }

  private Caller holderOf(Der der) {
    IssuedCertificate shown = IssuedCertificate.parse(der);
    Entry entry =
        inventory
            .find(shown.serial())
            // Any certificate that the handshake let through and the book does not know is foreign,
            // whatever its serial says: the octets decide.
            .filter(known -> known.certificate().der().equals(der))
            .orElseThrow(
                () ->
                    unauthenticated(
                        "the client certificate is not in this authority's book",
                        "use a certificate that this authority issued"));
    Instant now = clock.instant();
    mustBeInForce(entry, now);
    organizations.mustBeActive(entry.organization());
    return new Caller.CertificateHolder(entry.serial().hex(), entry.organization(), rolesOf(entry));
  }

  private static void mustBeInForce(Entry entry, Instant now) {
    if (!entry.certificate().validity().holds(now)) {
      throw unauthenticated(
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
          throw unauthenticated(
              "the client certificate " + entry.serial() + " is on hold since " + held.since(),
              "ask an operator to lift the hold");
      case CertificateStatus.Revoked revoked ->
          throw unauthenticated(
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
  private Set<Role> rolesOf(Entry entry) {
    Set<Role> granted =
        organizations.granted(
            entry.organization(),
            entry.certificate().names().stream().map(name -> name.text()).toList());
    return granted.isEmpty() ? Set.of(Role.SERVICE) : granted;
  }

  /** What the caller may ask certificates for; {@code owner} is who will own them. */
  public Entitlement entitlement(Caller caller, OrganizationId owner) {
    Entitlement whole = organizations.entitlement(owner);
    return switch (caller) {
      case Caller.TokenHolder holder -> tokens.narrowing(holder.label()).within(whole);
      case Caller.CertificateHolder holder -> whole;
      case Caller.Authority authority -> whole;
    };
  }

  /** Counts one use of a token, in the transaction of the deed that it pays for. */
  public void spend(Caller caller) {
    if (caller instanceof Caller.TokenHolder holder) {
      tokens.spend(holder.label());
    }
  }

  /** A replay found that a use of a token was spent; {@code actor} is a caller's name. */
  public void spent(String actor) {
    tokens.spent(actor);
  }

  static PkiException unauthenticated(String reason, String remedy) {
    return new Failure.Unauthenticated(reason, remedy).thrown();
  }
}
