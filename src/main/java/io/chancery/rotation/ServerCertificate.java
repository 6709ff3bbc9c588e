package io.chancery.rotation;

import io.chancery.Caller;
import io.chancery.OrganizationId;
import io.chancery.enrolment.Enrolment;
import io.chancery.enrolment.EnrolmentRequest;
import io.chancery.inventory.Entry;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.profile.Profile;
import io.chancery.profile.ProfileName;
import io.chancery.profile.Profiles;
import io.chancery.x509.Csr;
import io.chancery.x509.CsrMaker;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyPairs;
import io.chancery.x509.SubjectAltName;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.KeyPair;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The authority's own https certificate: issued by itself, with a key that lives only in this
 * process, and replaced under load. Each start makes a new one, so that no key is kept on disk.
 */
@Singleton
final class ServerCertificate {
  private static final Logger LOG = Logger.getLogger(ServerCertificate.class);

  private final Enrolment enrolment;
  private final Issuers issuers;
  private final Profiles profiles;
  private final ServerKeys keys;
  private final ServerConfig config;
  private final TlsConfigurationRegistry registry;
  private final Event<CertificateUpdatedEvent> updated;
  private final InstantSource clock;

  @Inject
  ServerCertificate(
      Enrolment enrolment,
      Issuers issuers,
      Profiles profiles,
      @Identifier(ServerKeys.TLS_NAME) ServerKeys keys,
      ServerConfig config,
      TlsConfigurationRegistry registry,
      Event<CertificateUpdatedEvent> updated,
      InstantSource clock) {
    this.enrolment = enrolment;
    this.issuers = issuers;
    this.profiles = profiles;
    this.keys = keys;
    this.config = config;
    this.registry = registry;
    this.updated = updated;
    this.clock = clock;
  }

  private Instant due = Instant.MIN;

  synchronized void renewDue() {
    if (!clock.instant().isBefore(due)) {
      renew();
    }
  }

  /** A new key and certificate; connections that are open go on with what they began with. */
  synchronized void renew() {
    KeyPair pair = KeyPairs.generate(KeyAlgorithm.EC_P256);
    Entry entry = enrol(pair);
    Profile profile = profiles.named(new ProfileName(config.profile()));
    keys.use(pair, chain(entry));
    var tls = registry.get(ServerKeys.TLS_NAME).orElseThrow();
    tls.reload();
    updated.fire(new CertificateUpdatedEvent(ServerKeys.TLS_NAME, tls));
    due = profile.renewalDue(entry.certificate().validity());
    LOG.infof(
        "https has certificate %s until %s",
        entry.serial(), entry.certificate().validity().notAfter());
  }

  private Entry enrol(KeyPair pair) {
    List<SubjectAltName> names = config.names().stream().map(SubjectAltName::parse).toList();
    Csr csr = Csr.parse(CsrMaker.make(pair, DistinguishedName.EMPTY, names).octets());
    return enrolment.issue(
        new EnrolmentRequest(
            new Caller.Authority("https"),
            OrganizationId.AUTHORITY,
            new ProfileName(config.profile()),
            csr,
            names,
            Optional.empty(),
            "",
            Optional.empty(),
            Optional.empty()));
  }

  /** Without the root: clients have it (RFC 8446 s4.4.2). */
  private List<IssuedCertificate> chain(Entry entry) {
    Issuer issuer = issuers.named(entry.issuer());
    List<IssuedCertificate> chain = new ArrayList<>();
    chain.add(entry.certificate());
    chain.add(issuer.certificate());
    issuer.chain().stream().filter(one -> !one.subject().equals(one.issuer())).forEach(chain::add);
    return chain;
  }
}
