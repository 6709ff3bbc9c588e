package io.chancery.x509;

import io.chancery.Failure;
import io.chancery.Quoted;
import java.util.regex.Pattern;

/** An issuer's short name, as it stands in URLs: lower-case letters, digits, inner hyphens. */
public record IssuerName(String value) {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

  public IssuerName {
    if (!SHAPE.matcher(value).matches()) {
      throw new Failure.Malformed(
              "issuer",
              "",
              Quoted.of(value) + " is no name: lower-case letters, digits, inner hyphens, up to 40",
              "Chancery issuer name")
          .thrown();
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
