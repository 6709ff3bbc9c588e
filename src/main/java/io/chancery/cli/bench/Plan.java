package io.chancery.cli.bench;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param certificates good ones in the book
 * @param revoked beside them
 * @param length of one round
 * @param rounds of each rate, interleaved; the median counts
 * @param warmUp requests before anything counts
 * @param pace of the cached requests while certificates are issued
 * @param issued certificates a second meanwhile
 * @param fewer certificates that the million is compared with
 * @param delta changes that the delta lists
 */
record Plan(
    long certificates,
    long revoked,
    Duration length,
    int rounds,
    int warmUp,
    int pace,
    int issued,
    long fewer,
    int delta) {
  private static final long LARGEST = 20_000_000;

  Plan {
    if (certificates < 1 || certificates > LARGEST || revoked < 1 || revoked > LARGEST) {
      throw new IllegalArgumentException("certificates and revoked: 1 to " + LARGEST);
    }
  }

  static Plan full(long certificates, long revoked, Duration length) {
    return new Plan(certificates, revoked, length, 5, 80_000, 5_000, 100, 1_000, 1_000);
  }

  /** Shows in a minute that every line can be measured; its figures are worth nothing. */
  static Plan brief() {
    return new Plan(2_000, 500, Duration.ofSeconds(1), 1, 1_000, 500, 10, 200, 20);
  }

  /** Certificates that are asked about: each was asked for once before it counts. */
  int sample() {
    return (int) Math.min(20_000, certificates);
  }

  /** Certificates that are issued before any is beside something that counts. */
  int issuedBefore() {
    return warmUp * 3 / 8; // 30,000 stand to 80,000 answers as these do
  }

  /** How old a complete CRL may be while building one is measured. */
  Duration crlRefresh() {
    return certificates + revoked < 100_000 ? Duration.ofSeconds(4) : Duration.ofSeconds(20);
  }
}
