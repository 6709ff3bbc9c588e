package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.x509.Csr.RequestedExtension;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Extension values as requests hold them, good and hostile. */
class ExtensionFactsTest {
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";

  @Test
  void areReadByKind() {
    assertThat(read(BASIC_CONSTRAINTS, "3000"))
        .isEqualTo(new ExtensionFacts.BasicConstraints(false, Optional.empty()));
    assertThat(read(BASIC_CONSTRAINTS, "30060101ff020103"))
        .isEqualTo(new ExtensionFacts.BasicConstraints(true, Optional.of(3)));
    assertThat(read(BASIC_CONSTRAINTS, "3003020100"))
        .isEqualTo(new ExtensionFacts.BasicConstraints(false, Optional.of(0)));
    assertThat(read(KEY_USAGE, "030205a0"))
        .isEqualTo(new ExtensionFacts.KeyUsageBits(Set.of(0, 2)));
    assertThat(read(KEY_USAGE, "0303070080")).isEqualTo(new ExtensionFacts.KeyUsageBits(Set.of(8)));
    assertThat(read(EXTENDED_KEY_USAGE, "301406082b0601050507030106082b06010505070302"))
        .isEqualTo(new ExtensionFacts.Purposes(Set.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2")));
    assertThat(read("2.5.29.14", "0401aa")).isEqualTo(new ExtensionFacts.SubjectKeyIdentifier());
    assertThat(read("1.2.3", "ff")).isEqualTo(new ExtensionFacts.Other("1.2.3"));
  }

  @ParameterizedTest
  @CsvSource({
    "2.5.29.19, ''",
    "2.5.29.19, 30",
    "2.5.29.19, 0101ff",
    "2.5.29.19, 30000000",
    "2.5.29.19, 30030201ff",
    "2.5.29.19, 30090207ffffffffffffff",
    "2.5.29.19, 300802060fffffffffff",
    "2.5.29.19, 3006020100020100",
    "2.5.29.19, 300602010001" + "01ff",
    "2.5.29.19, 3005040301ff00",
    "2.5.29.15, 3000",
    "2.5.29.15, 0300",
    "2.5.29.15, 030109",
    "2.5.29.15, 0302ff80",
    "2.5.29.37, 3000",
    "2.5.29.37, 06082b06010505070302",
    "2.5.29.37, 3003020101",
    "2.5.29.37, 30020600",
    "2.5.29.37, 30808080",
    "2.5.29.14, 3000",
  })
  void hostileValuesAreMalformed(String oid, String hex) {
    assertThatThrownBy(() -> read(oid, hex))
        .isInstanceOfSatisfying(
            PkiException.class,
            thrown -> assertThat(thrown.failure()).isInstanceOf(Failure.Malformed.class));
  }

  @Test
  void deepNestingIsRefusedBeforeItIsRead() {
    assertThatThrownBy(() -> read(EXTENDED_KEY_USAGE, "3080".repeat(20_000)))
        .isInstanceOf(PkiException.class);
    assertThatThrownBy(() -> read(EXTENDED_KEY_USAGE, "3080".repeat(1_000)))
        .isInstanceOf(PkiException.class);
  }

  @Test
  void everyFlippedOctetIsReadOrMalformed() {
    byte[] good = HexFormat.of().parseHex("301406082b0601050507030106082b06010505070302");
    for (String oid : Set.of(BASIC_CONSTRAINTS, KEY_USAGE, EXTENDED_KEY_USAGE, "2.5.29.14")) {
      for (int at = 0; at < good.length; at++) {
        for (int value = 0; value < 256; value++) {
          byte[] bad = good.clone();
          bad[at] = (byte) value;
          RequestedExtension extension = new RequestedExtension(oid, false, Der.of(bad));
          Throwable thrown = catchThrowable(() -> ExtensionFacts.of(extension));
          assertThat(thrown == null || thrown instanceof PkiException).isTrue();
        }
      }
    }
  }

  private static ExtensionFacts read(String oid, String hex) {
    return ExtensionFacts.of(
        new RequestedExtension(oid, false, Der.of(HexFormat.of().parseHex(hex))));
  }
}
