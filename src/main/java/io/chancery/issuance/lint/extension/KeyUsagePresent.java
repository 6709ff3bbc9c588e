package io.chancery.issuance.lint.extension;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;

/** keyUsage is there, critical, and says something. */
final class KeyUsagePresent extends Lint {

  KeyUsagePresent() {
    super("key-usage-present", "RFC 5280 s4.2.1.3");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    Optional<Extension> usage = it.extension(Extension.keyUsage);
    // RFC 5280 s4.2.1.3: when present, conforming CAs SHOULD mark this extension as critical.
    if (usage.isEmpty() || !usage.get().isCritical()) {
      return Optional.of(usage.isEmpty() ? "missing" : "not critical");
    }
    int bits = ASN1BitString.getInstance(usage.get().getParsedValue()).intValue();
    // RFC 5280 s4.2.1.3: when keyUsage appears, at least one of the bits MUST be set to 1.
    if (bits == 0) {
      return Optional.of("no bit is set");
    }
    // X.690 s11.2.2: a named bit list has no trailing zero bits.
    return new KeyUsage(bits).equals(KeyUsage.getInstance(usage.get().getParsedValue()))
        ? Optional.empty()
        : Optional.of("trailing zero bits");
  }
}
