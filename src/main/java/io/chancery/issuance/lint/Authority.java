package io.chancery.issuance.lint;

import io.chancery.x509.Der;
import io.chancery.x509.SignatureAlgorithm;
import io.chancery.x509.Validity;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the rules know of whoever is to sign.
 *
 * @param name its subject, encoded
 * @param keyIdentifier its subject key identifier, in lower-case hex
 * @param addresses where it publishes; empty for one that is made in a ceremony
 * @param pathLength of its basicConstraints
 * @param constraints of itself and of everything above it
 */
public record Authority(
    Der name,
    Validity validity,
    String keyIdentifier,
    SignatureAlgorithm algorithm,
    Optional<Addresses> addresses,
    Optional<Integer> pathLength,
    NameConstraintSet constraints) {
  /** Where an issuer's CRLs, its OCSP responder and its own certificate are found. */
  public record Addresses(URI crl, URI delta, URI ocsp, URI certificate) {
    private static final Pattern SHARD = Pattern.compile("(0|[1-9][0-9]{0,2})\\.crl");

    /** Whether a complete CRL is published there: the whole one or a shard's. */
    public boolean hasCrl(String address) {
      String whole = crl.toString();
      return address.equals(whole) || isShard(whole, address);
    }

    private static boolean isShard(String whole, String address) {
      String shards = whole.endsWith(".crl") ? whole.substring(0, whole.length() - 4) + "/" : whole;
      return address.startsWith(shards)
          && SHARD.matcher(address.substring(shards.length())).matches();
    }
  }
}
