package io.chancery.cli.up;

import io.chancery.PkiException;
import io.chancery.Role;
import io.chancery.access.Person;
import io.chancery.cli.local.DataDirectory;
import io.chancery.cli.serve.Administrators;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Transactions;
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
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The people that {@code up} leaves, each with a certificate and a key, renewed by a start when
 * due: the administrator, and two to approve what it proposes. What takes most takes two beside it.
 */
@Singleton
final class PeopleFiles {
  private final Administrators administrators;
  private final Inventory inventory;
  private final Profiles profiles;
  private final Transactions transactions;
  private final InstantSource clock;

  @Inject
  PeopleFiles(
      Administrators administrators,
      Inventory inventory,
      Profiles profiles,
      Transactions transactions,
      InstantSource clock) {
    this.administrators = administrators;
    this.inventory = inventory;
    this.profiles = profiles;
    this.transactions = transactions;
    this.clock = clock;
  }

  void settle(DataDirectory data) {
    settle(data, data.admin(), "administrator", Set.of(Role.ADMIN, Role.APPROVER));
    settle(data, data.approver(), "approver", Set.of(Role.APPROVER));
    settle(data, data.secondApprover(), "second approver", Set.of(Role.APPROVER));
  }

  private void settle(DataDirectory data, Path folder, String name, Set<Role> roles) {
    Path certificate = folder.resolve("cert.pem");
    Path key = folder.resolve("key.pem");
    Optional<IssuedCertificate> there = read(certificate);
    Optional<Person> known = there.flatMap(administrators::holderOf);
    if (Files.exists(key) && known.isPresent() && there.filter(this::inForce).isPresent()) {
      return;
    }
    data.folder(folder);
    KeyPair pair = KeyPairs.generate(KeyAlgorithm.EC_P256);
    Der request = CsrMaker.make(pair, DistinguishedName.EMPTY, List.of());
    Person person = known.orElseGet(() -> administrators.enter(name, roles));
    String chain = administrators.pem(administrators.certify(person, Csr.parse(request.octets())));
    data.writeSecret(key, Pem.encode("PRIVATE KEY", Der.of(pair.getPrivate().getEncoded())));
    data.writeSecret(certificate, chain);
  }

  private static Optional<IssuedCertificate> read(Path file) {
    try {
      return Pem.decode(Pem.CERTIFICATE, Files.readString(file)).stream()
          .findFirst()
          .map(IssuedCertificate::parse);
    } catch (IOException | PkiException missing) {
      return Optional.empty();
    }
  }

  /** Known to this book, good, and not yet due for renewal. */
  private boolean inForce(IssuedCertificate there) {
    return clock
            .instant()
            .isBefore(profiles.named(Administrators.PROFILE).renewalDue(there.validity()))
        && transactions
            .call(() -> inventory.find(there.serial()))
            .filter(entry -> entry.status() instanceof CertificateStatus.Good)
            .isPresent();
  }
}
