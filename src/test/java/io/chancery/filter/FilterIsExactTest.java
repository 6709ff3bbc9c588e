package io.chancery.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.filter.RevocationFilter.Verdict;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No wrong answer over the issued set, and no more octets than were promised. */
class FilterIsExactTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 0",
    "1, 1",
    "2, 1",
    "3, 2",
    "10, 1",
    "10, 9",
    "63, 31",
    "64, 32",
    "65, 33",
    "511, 10",
    "512, 511",
    "513, 100",
    "1000, 0",
    "1000, 1",
    "1000, 999",
    "1000, 1000",
    "5000, 500",
    "100000, 1",
    "100000, 10",
    "100000, 10000",
    "100000, 50000",
    "100000, 99999",
    "100000, 100000"
  })
  void everyIssuedCertificateIsAnsweredRightly(int issued, int revoked) {
    assertThat(wrong(Filtered.of(31L * issued + revoked, issued, revoked))).isZero();
  }

  @Test
  void randomSizesAndRatios() {
    Random random = new Random(20261125);
    for (int round = 0; round < 150; round++) {
      int issued = 1 + random.nextInt(4000);
      int revoked = (int) Math.round(issued * Math.pow(random.nextDouble(), 4));
      assertThat(wrong(Filtered.of(random.nextLong(), issued, revoked)))
          .as("%s issued, %s revoked", issued, revoked)
          .isZero();
    }
  }

  /** The ratios of issued to revoked that 16 bits are promised for. */
  @ParameterizedTest
  @CsvSource({
    // issued, revoked, most bits for each revoked one
    "200000, 20000, 5.6",
    "300000, 3000, 9.0",
    "1000000, 1000, 12.4",
    "3000000, 300, 16.0",
    "100000, 50000, 2.2",
    "100000, 95000, 1.15"
  })
  void aRevokedCertificateCostsFewBits(int issued, int revoked, double bits) {
    Filtered filtered = Filtered.of(issued + revoked, issued, revoked);
    assertThat(filtered.bitsPerRevoked()).isLessThan(bits);
    assertThat(wrong(filtered)).isZero();
  }

  @Test
  void oneOfAMillion() {
    Filtered filtered = Filtered.of(5, 1_000_000, 1);
    assertThat(wrong(filtered)).isZero();
    assertThat(filtered.file().length).as("with its signature").isLessThan(600);
  }

  @Test
  void theWholeFileOfTheMillionIsSmall() {
    Filtered filtered = Filtered.of(6, 1_000_000, 20_000);
    assertThat(8.0 * filtered.file().length / 20_000).as("note and all").isLessThan(9);
  }

  @Test
  void theSameBookGivesTheSameFile() {
    assertThat(Filtered.of(9, 3000, 200).file()).isEqualTo(Filtered.of(9, 3000, 200).file());
  }

  private static int wrong(Filtered filtered) {
    RevocationFilter filter = filtered.open();
    assertThat(filter.issued()).isEqualTo(filtered.issued());
    assertThat(filter.revoked()).isEqualTo(filtered.revoked());
    int[] seen = {0, 0};
    Filtered.each(
        filtered.seed(),
        filtered.issued(),
        key -> {
          Verdict right = seen[0]++ < filtered.revoked() ? Verdict.REVOKED : Verdict.GOOD;
          seen[1] += filter.lookUp(key) == right ? 0 : 1;
        });
    return seen[1];
  }
}
