package io.chancery.ledger.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Failure;
import io.chancery.testing.Refusals;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryBundleTest {
  private static final List<byte[]> ENTRIES =
      List.of(octets("one"), new byte[0], octets("three"), new byte[EntryBundle.LONGEST]);

  @Test
  void entriesComeBackAsTheyWere() {
    byte[] bundle = EntryBundle.of(ENTRIES);
    assertThat(bundle).hasSize(4 * 2 + 3 + 5 + 65_535).startsWith(0, 3, 'o', 'n', 'e', 0, 0, 0, 5);
    assertThat(EntryBundle.parse(bundle, 4)).containsExactlyElementsOf(ENTRIES);
    assertThat(EntryBundle.parse(new byte[0], 0)).isEmpty();
  }

  @Test
  void anEntryThatTwoOctetsCannotMeasureIsRefused() {
    Failure failure = Refusals.of(() -> EntryBundle.of(List.of(new byte[65_536])));
    assertThat(failure).isEqualTo(new Failure.TooLarge("ledger entry", 65_535, "octets"));
  }

  @Test
  void aBundleCutAnywhereIsRefusedWithItsPlace() {
    byte[] bundle = EntryBundle.of(ENTRIES.subList(0, 3));
    for (int cut = 0; cut < bundle.length; cut++) {
      byte[] part = Arrays.copyOf(bundle, cut);
      Failure.Malformed failure = Refusals.malformed(() -> EntryBundle.parse(part, 3));
      String where =
          cut < 5 ? "entry 0, octet 0" : cut < 7 ? "entry 1, octet 5" : "entry 2, octet 7";
      assertThat(failure.where()).isEqualTo(where);
    }
  }

  @Test
  void aBundleThatGoesOnIsRefused() {
    byte[] bundle = EntryBundle.of(ENTRIES.subList(0, 3));
    Failure.Malformed failure = Refusals.malformed(() -> EntryBundle.parse(bundle, 2));
    assertThat(failure.where()).isEqualTo("entry 2, octet 7");
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
