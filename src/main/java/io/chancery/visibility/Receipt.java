package io.chancery.visibility;

import io.chancery.inventory.StatusChange;
import io.chancery.x509.CertificateStatus;
import io.chancery.x509.RevocationReason;
import java.time.Instant;

/**
 * What the authority gives in writing about a change: the text of a C2SP signed note. Its first
 * line holds a space, which no key's name and so no origin of a checkpoint does, and its second is
 * no number: nobody can take it for a checkpoint.
 */
record Receipt(Visibility visibility, Instant at) {
  static final String FIRST = "chancery-receipt/v1 ";
  private static final String NOTHING = "-";

  String text(String origin) {
    StringBuilder text = new StringBuilder(FIRST).append(origin).append('\n');
    line(text, "serial", visibility.serial().hex());
    visibility
        .change()
        .ifPresentOrElse(change -> status(text, change), () -> line(text, "status", "good"));
    line(text, "at", at.toString());
    for (Visibility.Sight sight : visibility.sights()) {
      line(text, "channel", channel(sight));
    }
    return text.toString();
  }

  private static void status(StringBuilder text, StatusChange change) {
    line(text, "issuer", change.issuer().value());
    line(text, "status", word(change.status()));
    line(text, "reason", reason(change.status()));
    line(text, "version", String.valueOf(change.version()));
    line(text, "revokedAt", since(change.status()));
    line(text, "changedAt", change.at().toString());
  }

  /** Channel, who shows it, when: three words. */
  private static String channel(Visibility.Sight sight) {
    String who =
        sight
            .replica()
            .orElseGet(
                () ->
                    sight.crlNumber().isPresent()
                        ? "number=" + sight.crlNumber().getAsLong()
                        : NOTHING);
    String when =
        switch (sight.state()) {
          case PENDING -> "pending";
          case VISIBLE -> sight.at().map(Instant::toString).orElse("earlier");
        };
    return sight.channel() + " " + who + " " + when;
  }

  private static String word(CertificateStatus status) {
    return switch (status) {
      case CertificateStatus.Good good -> "good";
      case CertificateStatus.Held held -> "held";
      case CertificateStatus.Revoked revoked -> "revoked";
    };
  }

  private static String reason(CertificateStatus status) {
    return switch (status) {
      case CertificateStatus.Good good -> NOTHING;
      case CertificateStatus.Held held -> RevocationReason.CERTIFICATE_HOLD.text();
      case CertificateStatus.Revoked revoked -> revoked.reason().text();
    };
  }

  private static String since(CertificateStatus status) {
    return switch (status) {
      case CertificateStatus.Good good -> NOTHING;
      case CertificateStatus.Held held -> held.since().toString();
      case CertificateStatus.Revoked revoked -> revoked.since().toString();
    };
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(' ').append(value).append('\n');
  }
}
