package io.chancery.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Caller;
import io.chancery.OrganizationId;
import io.chancery.Role;
import io.chancery.access.Identity;
import io.chancery.access.Organization;
import io.chancery.access.Organizations;
import io.chancery.access.Person;
import io.chancery.access.Persons;
import io.chancery.access.TokenGrant;
import io.chancery.access.Tokens;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.Pem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Organizations for tests, each of its own, and people and services in them. */
@ApplicationScoped
public class Tenant {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Caller SELF = new Caller.Authority("test");

  @Inject Organizations organizations;
  @Inject Tokens tokens;
  @Inject Persons persons;

  /** An organization with a token that may be used many times. */
  public record Home(OrganizationId id, String token) {
    public Http http() {
      return Http.with(token);
    }

    /** Asks with the token; the answer must be a certificate. */
    public Holder enrol(String profile, Csrs csrs) {
      Csrs.Made made = csrs.build();
      Http.Answer answer =
          http().post("/v1/certificates", Map.of("profile", profile, "csr", made.pem()));
      assertThat(answer.status()).as(answer.text()).isEqualTo(201);
      return Holder.of(this, made.pair(), answer);
    }
  }

  /** A certificate with its key and its issuers. */
  public record Holder(
      Home home, KeyPair pair, IssuedCertificate certificate, IssuedCertificate issuer) {
    public static Holder of(Home home, KeyPair pair, Http.Answer answer) {
      return new Holder(
          home,
          pair,
          IssuedCertificate.parse(
              Pem.decodeOne(Pem.CERTIFICATE, answer.json().get("certificate").asText())),
          IssuedCertificate.parse(
              Pem.decodeOne(Pem.CERTIFICATE, answer.json().get("chain").asText())));
    }

    /** A client that shows the certificate; each has connections of its own. */
    public Http http() {
      return Http.with(pair.getPrivate(), List.of(certificate, issuer));
    }

    public String serial() {
      return certificate.serial().hex();
    }

    public String path() {
      return "/v1/certificates/" + serial();
    }
  }

  public Home fresh(String... names) {
    String id = "home-" + COUNT.incrementAndGet();
    return named(id, id, "team@internal.test", names);
  }

  /** One with these texts. */
  public Home named(String name, String displayName, String contact, String... names) {
    OrganizationId id = new OrganizationId(name);
    organizations.create(
        SELF,
        new Organization(id, displayName, contact, List.of(), List.of(names), Optional.empty()));
    String token =
        tokens.create(
            SELF,
            new TokenGrant(
                id + "-token", id, List.of(), List.of(), OptionalInt.empty(), Duration.ofDays(1)));
    return new Home(id, token);
  }

  /** A person with this role in every organization, from an organization of its own. */
  public Holder person(Role role) {
    return person(fresh("uri:urn:staff", "dns:staff.test"), true, role);
  }

  /** A person of this organization, whose names it must be able to hold; known by a name. */
  public Holder person(Home home, boolean forAll, Role... roles) {
    return person(home, "tls-client", forAll, roles);
  }

  /** One of this organization only, with a certificate of this profile. */
  public Holder person(Home home, String profile, Role... roles) {
    return person(home, profile, false, roles);
  }

  private Holder person(Home home, String profile, boolean forAll, Role... roles) {
    String name = "urn:staff:" + COUNT.incrementAndGet();
    persons.keep(
        SELF,
        new Person(
            persons.freshId(),
            home.id(),
            name,
            "",
            true,
            Set.of(roles),
            forAll,
            List.of(),
            List.of(),
            List.of(new Identity(Identity.Kind.NAME, "", "uri:" + name)),
            Optional.empty()));
    return home.enrol(profile, Csrs.ec("").uri(name));
  }

  /** The proxy that the world believes when it forwards a client certificate. */
  public Holder gateway() {
    OrganizationId id = new OrganizationId("gateways");
    if (organizations.find(id).isEmpty()) {
      organizations.create(SELF, organization(id, Optional.empty(), "dns:gateway.internal.test"));
    }
    String token =
        tokens.create(
            SELF,
            new TokenGrant(
                "gateway-" + COUNT.incrementAndGet(),
                id,
                List.of(),
                List.of(),
                OptionalInt.empty(),
                Duration.ofDays(1)));
    return new Home(id, token).enrol("tls-client", Csrs.ec("").dns("gateway.internal.test"));
  }

  public void suspend(Home home, String... names) {
    organizations.change(SELF, organization(home.id(), Optional.of(Instant.now()), names));
  }

  public void resume(Home home, String... names) {
    organizations.change(SELF, organization(home.id(), Optional.empty(), names));
  }

  /** Another token of the organization. */
  public String token(Home home, TokenTerms terms) {
    return tokens.create(
        SELF,
        new TokenGrant(
            terms.label(),
            home.id(),
            terms.profiles(),
            terms.names(),
            terms.uses() == 0 ? OptionalInt.empty() : OptionalInt.of(terms.uses()),
            terms.lifetime()));
  }

  /** What a token is for; no uses means any number. */
  public record TokenTerms(
      String label, List<String> profiles, List<String> names, int uses, Duration lifetime) {
    /** May be used this often, a day long, for everything. */
    public static TokenTerms uses(int uses) {
      return new TokenTerms(
          "terms-" + COUNT.incrementAndGet(), List.of(), List.of(), uses, Duration.ofDays(1));
    }

    public TokenTerms forProfiles(String... only) {
      return new TokenTerms(label, List.of(only), names, uses, lifetime);
    }

    public TokenTerms forNames(String... only) {
      return new TokenTerms(label, profiles, List.of(only), uses, lifetime);
    }

    public TokenTerms lasting(Duration length) {
      return new TokenTerms(label, profiles, names, uses, length);
    }
  }

  private static Organization organization(
      OrganizationId id, Optional<Instant> suspendedAt, String... names) {
    return new Organization(
        id, id.value(), "team@internal.test", List.of(), List.of(names), suspendedAt);
  }
}
