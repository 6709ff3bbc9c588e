package io.chancery.issuance.lint.body;

import io.chancery.Quoted;
import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1UTCTime;

/** Times are in Zulu, with seconds and without fractions. */
final class ValidityTimeForm extends Lint {

  private static final Pattern UTC = Pattern.compile("\\d{12}Z");
  private static final Pattern GENERALIZED = Pattern.compile("\\d{14}Z");

  ValidityTimeForm() {
    super("validity-time-form", "RFC 5280 s4.1.2.5.1, s4.1.2.5.2");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    return wrongForm("notBefore", it.rawNotBefore())
        .or(() -> wrongForm("notAfter", it.rawNotAfter()));
  }

  private static Optional<String> wrongForm(String field, ASN1Primitive raw) {
    // RFC 5280 s4.1.2.5.1: YYMMDDHHMMSSZ, even where the seconds are zero.
    // RFC 5280 s4.1.2.5.2: YYYYMMDDHHMMSSZ, no fractional seconds.
    Pattern form = raw instanceof ASN1UTCTime ? UTC : GENERALIZED;
    String text = contents(raw);
    return form.matcher(text).matches()
        ? Optional.empty()
        : Optional.of(field + " " + Quoted.of(text));
  }

  /** The characters as encoded: BouncyCastle's own text of a time is already put right. */
  private static String contents(ASN1Primitive time) {
    try {
      byte[] encoded = time.getEncoded();
      return new String(encoded, 2, encoded.length - 2, StandardCharsets.US_ASCII);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException("the time has no encoding", unreadable);
    }
  }
}
