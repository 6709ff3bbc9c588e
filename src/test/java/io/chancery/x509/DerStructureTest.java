package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Failure;
import io.chancery.testing.Csrs;
import io.chancery.testing.Refusals;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One structure, as DER writes it; each broken rule is named with the octet that breaks it. */
class DerStructureTest {
  private static final Place HERE = new Place("input", "");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0500",
        "3000",
        "3100",
        "0101ff",
        "010100",
        "020100",
        "020180",
        "02020080",
        "0202ff7f",
        "0a0105",
        "030100",
        "03020780",
        "0400",
        "06032a0304",
        "0603551d11",
        "300a0500300630040500" + "0500",
        "800100",
        "a0020500",
        "9f1f00",
        "bf818000" + "00",
        "bf1f020500",
      })
  void derIsAccepted(String hex) {
    DerStructure.check(HERE, HexFormat.of().parseHex(hex));
  }

  @ParameterizedTest
  @CsvSource({
    // What follows the end, or lacks.
    "050000, octet 2, X.690 s8.1.1",
    "05, octet 1, X.690 s8.1.1",
    "3001, octet 2, X.690 s8.1.3",
    "30020400" + "00, octet 4, X.690 s8.1.1",
    "300205, octet 2, X.690 s8.1.3",
    "30030502" + "00, octet 4, X.690 s8.1.3",
    "300105, octet 3, X.690 s8.1.1",
    // Lengths.
    "30800000, octet 2, X.690 s10.1",
    "04810100, octet 3, X.690 s10.1",
    "0482008000, octet 4, X.690 s10.1",
    "0485000000000100, octet 2, X.690 s10.1",
    "04ff, octet 2, X.690 s10.1",
    "0484ffffffff, octet 6, X.690 s8.1.3",
    "04847fffffff, octet 6, X.690 s8.1.3",
    // Forms.
    "0000, octet 0, X.690 s10.2",
    "1000, octet 0, X.690 s10.2",
    "2400, octet 0, X.690 s10.2",
    "2c020c00, octet 0, X.690 s10.2",
    "2800, octet 0, X.690 s10.2",
    // Tag numbers.
    "9f1e00, octet 2, X.690 s8.1.2.4",
    "9f800100, octet 3, X.690 s8.1.2.4",
    "1f1f00, octet 2, X.690 s8.1.2.4",
    "9fffffffffff00, octet 5, X.690 s8.1.2.4",
  })
  void anythingElseIsRefusedWithItsOctet(String hex, String where, String clause) {
    Failure.Malformed refusal = refusal(hex);

    assertThat(refusal.what()).isEqualTo("input");
    assertThat(refusal.where()).isEqualTo(where);
    assertThat(refusal.clause()).isEqualTo(clause);
  }

  @ParameterizedTest
  @CsvSource({
    "0100, X.690 s11.1",
    "010101, X.690 s11.1",
    "0102ffff, X.690 s11.1",
    "0200, X.690 s8.3.2",
    "02020001, X.690 s8.3.2",
    "0202ffff, X.690 s8.3.2",
    "0a020001, X.690 s8.3.2",
    "0300, X.690 s8.6.2",
    "030101, X.690 s8.6.2",
    "03020800, X.690 s8.6.2",
    "03020701, X.690 s11.2.1",
    "050100, X.690 s8.8.2",
    "0600, X.690 s8.19",
    "06022a83, X.690 s8.19",
    "06032a8001, X.690 s8.19.2",
    "0602802a, X.690 s8.19.2",
  })
  void primitivesAreInTheirOneForm(String hex, String clause) {
    Failure.Malformed refusal = refusal(hex);

    assertThat(refusal.where()).isEqualTo("octet 0");
    assertThat(refusal.clause()).isEqualTo(clause);
  }

  @Test
  void objectIdentifiersAreOfAPlausibleLength() {
    String longest = "0640" + "2a".repeat(64);
    DerStructure.check(HERE, HexFormat.of().parseHex(longest));

    assertThat(refusal("0641" + "2a".repeat(65)).clause()).isEqualTo("X.690 s8.19");
  }

  @Test
  void thePlaceOfAPartIsTheInputsOctet() {
    assertThat(refusal("3006" + "0500" + "02020001").where()).isEqualTo("octet 4");
    assertThat(refusal("").reason()).isEqualTo("is empty");
  }

  @Test
  void realRequestsAndCertificatesPass() {
    DerStructure.check(HERE, Csrs.rsa(2048, "CN=a").dns("a.test").build().der());
    DerStructure.check(HERE, Certificates.selfSigned("CN=a").octets());
  }

  private static Failure.Malformed refusal(String hex) {
    return Refusals.malformed(() -> DerStructure.check(HERE, HexFormat.of().parseHex(hex)));
  }
}
