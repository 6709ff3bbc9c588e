package io.chancery.ocsp;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.inventory.Entry;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Transactions;
import io.chancery.issuance.SingleAnswer;
import io.chancery.visibility.StatusFeed;
import io.chancery.x509.CertificateStatus;
import io.chancery.x509.IssuerName;
import io.chancery.x509.RevocationReason;
import io.chancery.x509.SerialNumber;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What is known of a serial: from memory as long as the feed keeps that up to date, else from the
 * book. "Good" is said only of what the book holds as good.
 */
@Singleton
final class Statuses {
  /** While the book is away, not every question waits for it to come back. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final AnswerShelf shelf;
  private final Inventory inventory;
  private final Transactions transactions;
  private final StatusFeed feed;
  private final OcspConfig config;
  private final InstantSource clock;
  private volatile Instant awayUntil = Instant.EPOCH;

  @Inject
  Statuses(
      AnswerShelf shelf,
      Inventory inventory,
      Transactions transactions,
      StatusFeed feed,
      OcspConfig config,
      InstantSource clock) {
    this.shelf = shelf;
    this.inventory = inventory;
    this.transactions = transactions;
    this.feed = feed;
    this.config = config;
    this.clock = clock;
  }

  /**
   * @param version -1 for a serial that was never issued
   * @param notAfter of the certificate
   * @param at when this was known to be so
   */
  record Known(SingleAnswer.Status status, int version, Instant notAfter, Instant at) {
    static Known never(Instant at) {
      return new Known(SingleAnswer.Status.NEVER_ISSUED, -1, Instant.MAX, at);
    }

    boolean wasIssued() {
      return version >= 0;
    }
  }

  Known of(IssuerName issuer, BigInteger asked) {
    Instant now = clock.instant();
    // A number that cannot be a serial of ours was never issued.
    if (asked.signum() <= 0 || asked.bitLength() > 159) {
      return Known.never(now);
    }
    SerialNumber serial = new SerialNumber(asked);
    Instant fresh = feed.knownUntil();
    if (fresh.plus(config.trusted()).isAfter(now)) {
      Optional<KeptAnswer> kept = shelf.find(asked.toByteArray());
      if (kept.isPresent()) {
        return known(issuer, kept.get(), fresh.isAfter(now) ? now : fresh);
      }
    }
    return inTheBook(issuer, serial, now);
  }

  /** Whether memory knows a later status than this. */
  boolean isOutdated(byte[] serial, int version) {
    return shelf.find(serial).filter(kept -> kept.version() > version).isPresent();
  }

  private Known known(IssuerName issuer, KeptAnswer kept, Instant at) {
    return shelf.forms().at(kept.form()).key().issuer().equals(issuer)
        ? new Known(kept.status(), kept.version(), Instant.ofEpochSecond(kept.notAfter()), at)
        : Known.never(at);
  }

  private Known inTheBook(IssuerName issuer, SerialNumber serial, Instant now) {
    if (now.isBefore(awayUntil)) {
      throw new Failure.Unavailable("database", "it did not answer just now", PAUSE).thrown();
    }
    try {
      return transactions
          .call(() -> inventory.find(serial))
          .filter(entry -> entry.issuer().equals(issuer))
          .map(entry -> known(entry, now))
          .orElseGet(() -> Known.never(now));
    } catch (PkiException refused) {
      if (refused.failure() instanceof Failure.Unavailable) {
        awayUntil = now.plus(PAUSE);
      }
      throw refused;
    }
  }

  private static Known known(Entry entry, Instant now) {
    return new Known(
        status(entry.status()),
        entry.statusVersion(),
        entry.certificate().validity().notAfter(),
        now);
  }

  static SingleAnswer.Status status(CertificateStatus status) {
    return switch (status) {
      case CertificateStatus.Good good -> SingleAnswer.Status.GOOD;
      case CertificateStatus.Held held ->
          new SingleAnswer.Status.Revoked(held.since(), RevocationReason.CERTIFICATE_HOLD);
      case CertificateStatus.Revoked revoked ->
          new SingleAnswer.Status.Revoked(revoked.since(), revoked.reason());
    };
  }
}
