package io.chancery.issuance.lint.name;

import io.chancery.Quoted;
import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** No name stands twice in subjectAltName. */
final class SanNoDuplicates extends Lint {

  SanNoDuplicates() {
    super("san-no-duplicates", "RFC 5280 s4.2.1.6");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    Set<String> seen = new HashSet<>();
    // RFC 4343 s3: host names differ by more than their case.
    return it.names().stream()
        .map(name -> name.getTagNo() + " " + name.getName().toString().toLowerCase(Locale.ROOT))
        .filter(name -> !seen.add(name))
        .findFirst()
        .map(name -> "twice " + Quoted.of(name.substring(2)));
  }
}
