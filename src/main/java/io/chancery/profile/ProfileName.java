package io.chancery.profile;

import io.chancery.Failure;
import io.chancery.Quoted;
import java.util.regex.Pattern;

/** A profile's name: lower-case letters, digits, inner hyphens, up to 40. */
public record ProfileName(String value) {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

  public ProfileName {
    if (!SHAPE.matcher(value).matches()) {
      throw new Failure.NotFound("profile", Quoted.of(value)).thrown();
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
