package io.chancery.cli.ceremony;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.x509.IssuerName;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.Thumbprint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a ceremony file says, checked; nothing was done yet.
 *
 * @param file where it was written, for messages
 * @param hash SHA-256 of the file, octet for octet
 * @param ledgerKey empty: Ed25519 where the token can, else P-256
 */
public record CeremonySpec(
    Path file,
    Thumbprint hash,
    TokenSpec token,
    Path output,
    RootSpec root,
    List<IssuerSpec> issuers,
    Optional<KeyAlgorithm> ledgerKey) {
  static final String LEDGER_LABEL = "chancery ledger";
  static final String ROOT_LABEL = "chancery root";
  static final String AUTHORITY = "authority.yaml";
  static final String CHAIN = "chain.pem";
  static final String ROOT = "root.pem";
  static final String ROOT_CRL = "root.crl";

  /** Names whose files would be the root's or the chain's. */
  private static final Set<String> TAKEN = Set.of("root", "chain");

  public CeremonySpec {
    issuers = List.copyOf(issuers);
    if (issuers.isEmpty()) {
      throw wrong(file, "issuers", "is empty", "name at least one issuer");
    }
    Set<IssuerName> names = new HashSet<>();
    for (IssuerSpec issuer : issuers) {
      String where = "issuer " + issuer.name();
      if (!names.add(issuer.name())) {
        throw wrong(file, where, "is there twice", "give each issuer its own name");
      }
      if (TAKEN.contains(issuer.name().value())) {
        throw wrong(file, where, "has a name that the root's files have", "choose another name");
      }
      if (root instanceof RootSpec.Here here && issuer.validity().compareTo(here.validity()) > 0) {
        throw wrong(
            file,
            where,
            "would outlive its root: " + days(issuer.validity()) + " and " + days(here.validity()),
            "give the issuer a shorter validity, or the root a longer one");
      }
    }
  }

  /** Reads the file; whatever is wrong in it is one line of {@code Misconfigured}. */
  public static CeremonySpec load(Path file) {
    return CeremonyFile.read(file, Optional.empty());
  }

  /** The same with another folder to write to. */
  public static CeremonySpec load(Path file, Path output) {
    return CeremonyFile.read(file, Optional.of(output));
  }

  private static String days(Duration span) {
    return span.toDays() + "d";
  }

  private static PkiException wrong(Path file, String where, String reason, String remedy) {
    return new Failure.Misconfigured(file + ", " + where, reason, remedy).thrown();
  }
}
