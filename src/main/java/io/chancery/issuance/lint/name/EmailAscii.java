package io.chancery.issuance.lint.name;

import io.chancery.Quoted;
import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.x509.GeneralName;

/** An rfc822Name is a bare mailbox in ASCII: local@host. */
final class EmailAscii extends Lint {

  private static final Pattern MAILBOX =
      Pattern.compile(
          "[\\x21-\\x7e&&[^@<>(),;:\"\\\\\\[\\]]]{1,64}@[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*");

  EmailAscii() {
    super("email-ascii", "RFC 5280 s4.2.1.6");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    // RFC 5280 s4.2.1.6: a Mailbox of RFC 2821 s4.1.2; no phrase before it, no comment after, no
    // "<" and ">" around. Non-ASCII needs SmtpUTF8Mailbox (RFC 9598), which is not issued here.
    return it.names(GeneralName.rfc822Name).stream()
        .map(name -> ASN1IA5String.getInstance(name.getName()).getString())
        .filter(text -> !MAILBOX.matcher(text).matches())
        .findFirst()
        .map(Quoted::of);
  }
}
