package io.chancery.x509;

import io.chancery.Failure;
import io.chancery.Quoted;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Which certificates of an issuer a CRL covers: all of them, or one shard. Written as the shard's
 * number, and as nothing for all.
 */
public record CrlScope(String text) {
  /** As many shards as an issuer may have. */
  public static final int MOST_SHARDS = 1000;

  private static final Pattern SHAPE = Pattern.compile("|0|[1-9][0-9]{0,2}");

  public static final CrlScope WHOLE = new CrlScope("");

  public CrlScope {
    if (!SHAPE.matcher(text).matches()) {
      throw new Failure.Malformed(
              "CRL scope",
              "",
              Quoted.of(text) + " is no shard from 0 to " + (MOST_SHARDS - 1),
              "Chancery CRL scope")
          .thrown();
    }
  }

  public static CrlScope shard(int number) {
    return new CrlScope(String.valueOf(number));
  }

  public static CrlScope of(OptionalInt shard) {
    return shard.isPresent() ? shard(shard.getAsInt()) : WHOLE;
  }

  /** The shard; empty for the whole issuer. */
  public OptionalInt shard() {
    return isWhole() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
  }

  public boolean isWhole() {
    return text.isEmpty();
  }

  /** Where its complete CRL is published, below the public base address. */
  public String path(IssuerName issuer) {
    return "/crl/" + issuer + (isWhole() ? "" : "/" + text) + ".crl";
  }

  /** Where the delta CRL of the whole issuer is published. */
  public static String deltaPath(IssuerName issuer) {
    return "/crl/" + issuer + "/delta.crl";
  }

  /** The scope whose complete CRL of this issuer is published at an address, whatever its base. */
  public static Optional<CrlScope> at(String address, IssuerName issuer) {
    if (address.endsWith(WHOLE.path(issuer))) {
      return Optional.of(WHOLE);
    }
    String text = address.replaceFirst(".*/crl/" + issuer + "/(0|[1-9][0-9]{0,2})\\.crl", "$1");
    return text.equals(address) ? Optional.empty() : Optional.of(new CrlScope(text));
  }

  @Override
  public String toString() {
    return isWhole() ? "whole" : "shard " + text;
  }
}
