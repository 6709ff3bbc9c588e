package io.chancery.cli.up;

import io.chancery.PkiException;
import io.chancery.cli.local.DataDirectory;
import io.chancery.cli.serve.Administrators;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Transactions;
import io.chancery.profile.Profile;
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

/** The administrator's certificate and key that {@code up} leaves, renewed by a start when due. */
@Singleton
final class AdministratorFiles {
  private final Administrators administrators;
  private final Inventory inventory;
  private final Profiles profiles;
  private final Transactions transactions;
  private final InstantSource clock;

  @Inject
  AdministratorFiles(
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
    Path certificate = data.admin().resolve("cert.pem");
    Path key = data.admin().resolve("key.pem");
    if (Files.exists(key) && inForce(certificate)) {
      return;
    }
    data.folder(data.admin());
    KeyPair pair = KeyPairs.generate(KeyAlgorithm.EC_P256);
    Der request = CsrMaker.make(pair, DistinguishedName.EMPTY, List.of(Administrators.name()));
    String chain = administrators.pem(administrators.appoint(Csr.parse(request.octets())));
    data.writeSecret(key, Pem.encode("PRIVATE KEY", Der.of(pair.getPrivate().getEncoded())));
    data.writeSecret(certificate, chain);
  }

  /** Known to this book, good, and not yet due for renewal. */
  private boolean inForce(Path file) {
    try {
      List<Der> blocks = Pem.decode(Pem.CERTIFICATE, Files.readString(file));
      if (blocks.isEmpty()) {
        return false;
      }
      IssuedCertificate there = IssuedCertificate.parse(blocks.getFirst());
      Profile profile = profiles.named(Administrators.PROFILE);
      return clock.instant().isBefore(profile.renewalDue(there.validity()))
          && transactions
              .call(() -> inventory.find(there.serial()))
              .filter(entry -> entry.status() instanceof CertificateStatus.Good)
              .isPresent();
    } catch (IOException | PkiException missing) {
      return false;
    }
  }
}
