package io.chancery.issuance.lint.body;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1UTCTime;

/** UTCTime through 2049, GeneralizedTime from 2050. */
final class ValidityTimeType extends Lint {

  private static final Instant BORDER = Instant.parse("2050-01-01T00:00:00Z");

  ValidityTimeType() {
    super("validity-time-type", "RFC 5280 s4.1.2.5");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    return wrongType("notBefore", it.rawNotBefore(), it.notBefore())
        .or(() -> wrongType("notAfter", it.rawNotAfter(), it.notAfter()));
  }

  private static Optional<String> wrongType(String field, ASN1Primitive raw, Instant time) {
    // RFC 5280 s4.1.2.5: dates through 2049 MUST be UTCTime, 2050 or later GeneralizedTime.
    boolean right =
        time.isBefore(BORDER) ? raw instanceof ASN1UTCTime : raw instanceof ASN1GeneralizedTime;
    return right ? Optional.empty() : Optional.of(field + " " + time + " in the other time type");
  }
}
