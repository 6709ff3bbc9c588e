package io.chancery.issuance.lint.body;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;

/** A serial number has room for the 64 random bits that keep a collision attack away. */
final class SerialEntropy extends Lint {

  private static final int RANDOM_BITS = 64;

  SerialEntropy() {
    super("serial-entropy", "CA/Browser Forum BR s7.1");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    int bits = it.serial().getValue().abs().bitLength();
    // BR s7.1: at least 64 bits from a CSPRNG. 159 random bits are shorter than 64 never.
    return bits >= RANDOM_BITS ? Optional.empty() : Optional.of("only " + bits + " bits");
  }
}
