package io.chancery.cli.up;

import io.chancery.Caller;
import io.chancery.OrganizationId;
import io.chancery.PkiException;
import io.chancery.Role;
import io.chancery.access.Organizations;
import io.chancery.enrolment.Enrolment;
import io.chancery.enrolment.EnrolmentRequest;
import io.chancery.inventory.Entry;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Transactions;
import io.chancery.issuance.Issuers;
import io.chancery.profile.Profile;
import io.chancery.profile.ProfileName;
import io.chancery.profile.Profiles;
import io.chancery.x509.CertificateStatus;
import io.chancery.x509.Csr;
import io.chancery.x509.CsrMaker;
import io.chancery.x509.Der;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyPairs;
import io.chancery.x509.Pem;
import io.chancery.x509.SubjectAltName;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The administrator's certificate and key that {@code up} leaves, renewed by a start when due. */
@Singleton
final class Administrator {
  private static final SubjectAltName NAME = new SubjectAltName.Uri("urn:chancery:administrator");
  private static final ProfileName PROFILE = new ProfileName("tls-client");
  private static final Caller SELF = new Caller.Authority("up");

  private final Organizations organizations;
  private final Enrolment enrolment;
  private final Inventory inventory;
  private final Issuers issuers;
  private final Profiles profiles;
  private final Transactions transactions;
  private final InstantSource clock;

  @Inject
  Administrator(
      Organizations organizations,
      Enrolment enrolment,
      Inventory inventory,
      Issuers issuers,
      Profiles profiles,
      Transactions transactions,
      InstantSource clock) {
    this.organizations = organizations;
    this.enrolment = enrolment;
    this.inventory = inventory;
    this.issuers = issuers;
    this.profiles = profiles;
    this.transactions = transactions;
    this.clock = clock;
  }

  void settle(DataDirectory data) {
    organizations.grant(SELF, OrganizationId.AUTHORITY, NAME, Role.ADMIN);
    Path certificate = data.admin().resolve("cert.pem");
    Path key = data.admin().resolve("key.pem");
    if (Files.exists(key) && inForce(certificate)) {
      return;
    }
    data.folder(data.admin());
    KeyPair pair = KeyPairs.generate(KeyAlgorithm.EC_P256);
    Entry entry = enrol(pair);
    data.writeSecret(key, Pem.encode("PRIVATE KEY", Der.of(pair.getPrivate().getEncoded())));
    data.writeSecret(
        certificate, entry.certificate().pem() + issuers.named(entry.issuer()).certificate().pem());
  }

  /** Known to this book, good, and not yet due for renewal. */
  private boolean inForce(Path file) {
    try {
      IssuedCertificate there =
          IssuedCertificate.parse(Pem.decode(Pem.CERTIFICATE, Files.readString(file)).getFirst());
      Profile profile = profiles.named(PROFILE);
      return clock.instant().isBefore(profile.renewalDue(there.validity()))
          && transactions
              .call(() -> inventory.find(there.serial()))
              .filter(entry -> entry.status() instanceof CertificateStatus.Good)
              .isPresent();
    } catch (IOException | PkiException missing) {
      return false;
    }
  }

  private Entry enrol(KeyPair pair) {
    Csr csr = Csr.parse(CsrMaker.make(pair, DistinguishedName.EMPTY, List.of(NAME)).octets());
    return enrolment.issue(
        new EnrolmentRequest(
            SELF,
            OrganizationId.AUTHORITY,
            PROFILE,
            csr,
            List.of(NAME),
            Optional.empty(),
            "",
            Optional.empty(),
            Optional.empty()));
  }
}
