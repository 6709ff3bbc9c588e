package io.chancery.access;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.PkiException;
import io.chancery.Scope;
import io.chancery.access.jwt.Bearer;
import io.chancery.access.jwt.TokenIssuers;
import io.chancery.inventory.Transactions;
import io.chancery.inventory.sql.Trip;
import io.chancery.x509.Der;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * From a credential to a caller. The book is asked at every request: before anything is done for
 * the caller, or in the transaction of the deed, before anything is written ({@link Claim}).
 */
@Singleton
public final class Access {
  private final CertificateLogins certificates;
  private final Organizations organizations;
  private final Persons persons;
  private final Tokens tokens;
  private final TokenLogins tokenLogins;
  private final TokenIssuers issuers;
  private final FailedLogins failed;
  private final Transactions transactions;
  private final LastScopes scopes = new LastScopes();

  @Inject
  Access(
      CertificateLogins certificates,
      Organizations organizations,
      Persons persons,
      Tokens tokens,
      TokenLogins tokenLogins,
      TokenIssuers issuers,
      FailedLogins failed,
      Transactions transactions) {
    this.certificates = certificates;
    this.organizations = organizations;
    this.persons = persons;
    this.tokens = tokens;
    this.tokenLogins = tokenLogins;
    this.issuers = issuers;
    this.failed = failed;
    this.transactions = transactions;
  }

  /**
   * That a token speaks for somebody, as the book said a moment ago. It is worth nothing until the
   * book was asked whether it still says so, which is for the deed that takes it: in its own
   * transaction, or before anything else is answered (docs/adr/0030).
   */
  public static final class Claim {
    private static final ThreadLocal<Claim> OF_REQUEST = new ThreadLocal<>();

    private final Credential.BearerToken shown;
    private final String hash;
    private final TokenLogins.Found said;
    private final Caller caller;
    private volatile boolean stands;

    Claim(Credential.BearerToken shown, String hash, TokenLogins.Found said, Caller caller) {
      this.shown = shown;
      this.hash = hash;
      this.said = said;
      this.caller = caller;
    }

    /** The book says something else of a token by now: nothing of the transaction is written. */
    public static final class Outdated extends RuntimeException {
      private static final long serialVersionUID = 1L;

      Outdated() {
        super("the book says something else by now", null, false, false);
      }
    }

    String hash() {
      return hash;
    }

    TokenLogins.Found said() {
      return said;
    }

    void stands(boolean asked) {
      stands = asked;
    }

    /** The one by which this request came in, once. */
    private static Optional<Claim> take() {
      Claim claim = OF_REQUEST.get();
      OF_REQUEST.remove();
      return Optional.ofNullable(claim);
    }
  }

  /**
   * The caller behind the credential; {@code Unauthenticated}, and an entry on the roll, if none.
   */
  public Caller authenticate(Credential credential) {
    try {
      return scopes.find(credential, () -> callerOf(credential));
    } catch (PkiException refused) {
      if (refused.failure() instanceof Failure.Unauthenticated why
          && !(credential instanceof Credential.None)) {
        failed.record(credential, why);
      }
      throw refused;
    }
  }

  /**
   * Whom a token spoke for a moment ago, for a route whose deed takes the claim; empty where the
   * book must be asked first. Only on a thread that serves this request alone.
   */
  Optional<Caller> claimed(Credential credential) {
    if (!Thread.currentThread().isVirtual()
        || !(credential instanceof Credential.BearerToken shown)) {
      return Optional.empty();
    }
    return tokenLogins
        .claim(shown)
        .map(
            claim -> {
              Claim.OF_REQUEST.set(claim);
              return claim.caller;
            });
  }

  /**
   * Does a deed on the claim by which this request came in, if it did: the deed confirms it in its
   * transaction. Nobody is refused by what the book does not say any more: where it says something
   * else by then, the caller logs in and the deed is done on no claim.
   */
  public <T> T confirming(Function<Optional<Claim>, T> deed) {
    Optional<Claim> claim = Claim.take();
    if (claim.isEmpty()) {
      return deed.apply(claim);
    }
    try {
      return deed.apply(claim);
    } catch (Claim.Outdated changed) {
      stands(claim.get());
    } catch (PkiException refused) {
      // An outage is told as it is: it says nothing of anybody.
      if (refused.failure() instanceof Failure.Unavailable || stands(claim.get())) {
        throw refused;
      }
    }
    return deed.apply(Optional.empty());
  }

  /** Fails as a login would where this request came in on a claim that does not stand. */
  public void confirmFirst() {
    Claim.take().ifPresent(this::stands);
  }

  /**
   * With other statements of the deeds: {@link Claim.Outdated} where one of them stands no more.
   */
  public void confirm(List<Claim> claims, Trip trip) {
    Transactions.mustBeOpen();
    if (!claims.isEmpty()) {
      tokenLogins.mustStand(claims, trip);
    }
  }

  /** Whether all that is claimed is so, asked by itself unless it was; fails as a login would. */
  private boolean stands(Claim claim) {
    if (claim.stands) {
      return true;
    }
    if (!Scope.NOBODY.during(() -> authenticate(claim.shown)).equals(claim.caller)) {
      throw unauthenticated("the enrolment token speaks for somebody else by now", "ask again");
    }
    return tokenLogins.saysStill(claim);
  }

  private Caller callerOf(Credential credential) {
    return switch (credential) {
      case Credential.BearerToken shown when TokenIssuers.isSigned(shown.secret().text()) ->
          bearerOf(shown);
      case Credential.BearerToken shown -> tokenHolder(shown);
      case Credential.Connection shown -> certificates.callerOf(shown);
    };
  }

  /**
   * Who held this certificate at a time, if it is of this authority, was in force then and is not
   * revoked or held now, and its organization is active. Nobody logs in: nothing is written.
   */
  public Optional<Caller> holder(Der certificate, Instant at) {
    try {
      return Scope.across(
          Scope.Across.WHO_APPROVED,
          () -> transactions.call(() -> certificates.holder(certificate, at)));
    } catch (PkiException refused) {
      if (refused.failure() instanceof Failure.Unauthenticated) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  private Caller tokenHolder(Credential.BearerToken shown) {
    TokenLogins.Held held = tokenLogins.holderOf(shown);
    if (held.boundTo().isPresent()) {
      transactions.run(() -> mustBeBeside(held.boundTo(), shown.beside()));
    }
    return held.caller();
  }

  /** Its issuer's keys may have to be fetched: no transaction waits for that. */
  private Caller bearerOf(Credential.BearerToken shown) {
    Bearer bearer = issuers.check(shown.secret().text());
    return transactions.call(
        () -> {
          mustBeBeside(bearer.boundTo(), shown.beside());
          return persons
              .knownBy(bearer)
              .map(persons::served)
              .orElseThrow(
                  () ->
                      unauthenticated(
                          "nobody here is known by this token of " + bearer.issuer(),
                          "ask an administrator to enter it as an identity"));
        });
  }

  /** RFC 8705 s3: a bound token without its certificate is a stolen one. */
  private void mustBeBeside(Optional<String> boundTo, Credential.Connection beside) {
    boundTo.ifPresent(
        thumbprint -> {
          if (!certificates
              .proven(beside)
              .map(certificate -> certificate.thumbprint().hex())
              .equals(boundTo)) {
            throw unauthenticated(
                "the token is bound to another client certificate than this connection's",
                "use it over mutual TLS with the certificate it was made for");
          }
        });
  }

  /** What the caller may ask certificates for; {@code owner} is who will own them. */
  public Entitlement entitlement(Caller caller, OrganizationId owner) {
    return Entitlement.AtLogin.take(caller, owner).orElseGet(() -> asked(caller, owner));
  }

  private Entitlement asked(Caller caller, OrganizationId owner) {
    return switch (caller) {
      case Caller.TokenHolder holder -> tokens.entitlement(holder.label(), owner);
      case Caller.Person person ->
          persons.narrowing(person.id()).within(organizations.entitlement(owner));
      case Caller.CertificateHolder holder -> organizations.entitlement(owner);
      case Caller.Authority authority -> organizations.entitlement(owner);
    };
  }

  /** Counts one use of a token for each, in the transaction of the deeds that they pay for. */
  public void spend(List<Caller> callers, Trip trip) {
    Map<String, Integer> uses = new TreeMap<>();
    for (Caller caller : callers) {
      if (caller instanceof Caller.TokenHolder holder) {
        uses.merge(holder.label(), 1, Integer::sum);
      }
    }
    if (!uses.isEmpty()) {
      tokens.spend(uses, trip);
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
