package io.chancery.issuance.lint.body;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.math.BigInteger;
import java.util.Optional;

/** A serial number is a positive integer of at most 20 octets. */
final class SerialFits extends Lint {

  SerialFits() {
    super("serial-positive-20-octets", "RFC 5280 s4.1.2.2");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    BigInteger serial = it.serial().getValue();
    int octets = serial.toByteArray().length;
    // RFC 5280 s4.1.2.2: positive; conforming CAs MUST NOT use values longer than 20 octets.
    return serial.signum() > 0 && octets <= 20
        ? Optional.empty()
        : Optional.of(octets + " octets, sign " + serial.signum());
  }
}
