package io.chancery.issuance;

import io.chancery.Failure;
import io.chancery.hsm.Hsm;
import io.chancery.warrant.SigningSwitch;
import io.chancery.x509.IssuerName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every issuer in service, as one immutable picture; a change swaps the whole. */
public final class Issuers {
  private final Map<IssuerName, Issuer> byName = new LinkedHashMap<>();
  private final IssuerHashes hashes;

  private Issuers(List<Issuer> issuers) {
    for (Issuer issuer : issuers) {
      if (byName.put(issuer.name(), issuer) != null) {
        throw new Failure.Misconfigured(
                "issuer " + issuer.name(), "is there twice", "give each issuer its own name")
            .thrown();
      }
    }
    this.hashes = new IssuerHashes(issuers);
  }

  public static Issuers of(List<Issuer> issuers) {
    return new Issuers(issuers);
  }

  /**
   * The issuers of the file with their keys in the token. Refuses, each with one line, what could
   * not issue: a missing or foreign key, a chain that does not verify, no authority, an expired
   * one.
   */
  public static Issuers open(
      AuthorityFile file, Hsm hsm, StatusAddresses addresses, SigningSwitch signing, Instant now) {
    List<Issuer> issuers = new ArrayList<>();
    for (AuthorityFile.Entry entry : file.issuers()) {
      issuers.add(StartCheck.issuer(entry, hsm, addresses, signing, now));
    }
    return of(issuers);
  }

  /** The issuer of this name, or {@code NotFound}. */
  public Issuer named(IssuerName name) {
    Issuer issuer = byName.get(name);
    if (issuer == null) {
      throw new Failure.NotFound("issuer", name.value()).thrown();
    }
    return issuer;
  }

  public List<Issuer> all() {
    return List.copyOf(byName.values());
  }

  /**
   * The issuer that an OCSP CertID means (RFC 6960 s4.1.1), by SHA-1, SHA-256 or SHA-384; empty for
   * a stranger and for any other hash.
   */
  public Optional<Issuer> matching(String hashOid, byte[] nameHash, byte[] keyHash) {
    return hashes.find(hashOid, nameHash, keyHash);
  }
}
