package io.chancery;

import java.util.regex.Pattern;

/** An organization's short name: 1 to 40 lower-case letters, digits and inner hyphens. */
public record OrganizationId(String value) {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

  /** The organization that the authority itself belongs to. */
  public static final OrganizationId AUTHORITY = new OrganizationId("chancery");

  public OrganizationId {
    if (!SHAPE.matcher(value).matches()) {
      throw new Failure.Malformed(
              "organization",
              "",
              Quoted.of(value) + " is no name: lower-case letters, digits, inner hyphens, up to 40",
              "Chancery organization name")
          .thrown();
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
