package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels in xn-- form stand for a label in another script, or are refused. */
class PunycodeTest {
  @ParameterizedTest
  @CsvSource({
    // RFC 3492 s7.1, and names that exist.
    "bcher-kva, b\u00fccher",
    "strae-oqa, stra\u00dfe",
    "mnchen-3ya, m\u00fcnchen",
    "p1ai, \u0440\u0444",
    "egbpdaj6bu4bxfgehfvwxn, \u0644\u064a\u0647\u0645\u0627\u0628\u062a\u0643\u0644\u0645\u0648\u0634\u0639\u0631\u0628\u064a\u061f",
    "ihqwcrb4cv8a8dqg056pqjye, \u4ed6\u4eec\u4e3a\u4ec0\u4e48\u4e0d\u8bf4\u4e2d\u6587",
    "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa, \u306a\u305c\u307f\u3093\u306a\u65e5\u672c\u8a9e\u3092\u8a71\u3057\u3066\u304f\u308c\u306a\u3044\u306e\u304b",
    "3b-ww4c5e180e575a65lsy2b, 3\u5e74b\u7d44\u91d1\u516b\u5148\u751f",
  })
  void theExamplesOfTheStandardDecode(String encoded, String expected) {
    assertThat(Punycode.decode(encoded)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"xn--bcher-kva", "xn--strae-oqa", "xn--mnchen-3ya", "xn--p1ai", "xn--fiqs8s"})
  void internationalLabelsAreAccepted(String label) {
    assertThat(Punycode.isALabel(label)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Nothing, and nothing but ASCII.
        "xn--",
        "xn--abc-",
        // Does not decode: cut, beyond Unicode, overflowing, not letters or digits.
        "xn--a",
        "xn--99999999",
        "xn--zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
        "xn--a_b",
        // Half of a surrogate pair.
        "xn--0g9b",
        "xn--k8g",
      })
  void othersAreNot(String label) {
    assertThat(Punycode.isALabel(label)).isFalse();
  }

  @Test
  void charactersThatNoLabelHasAreRefused() {
    for (String text :
        new String[] {
          "a\u202eb", // right-to-left override
          "a\u200bb", // zero width space
          "a\u200db", // zero width joiner
          "\u00c4b", // capital letter
          "\uff41b", // full-width letter
          "\u0301b", // begins with a mark
          "e\u0301", // not composed
          "\u2603", // a symbol
          "a\u3002b", // an ideographic full stop
        }) {
      assertThat(Punycode.isALabel("xn--" + PunycodeEncoder.encode(text))).as(text).isFalse();
    }
  }

  @Test
  void decodingUndoesEncoding() {
    for (String text :
        new String[] {"\u00e4", "z\u00fcrich", "\u00e6\u00f8\u00e5", "\u65e5\u672c"}) {
      String encoded = PunycodeEncoder.encode(text);
      assertThat(Punycode.decode(encoded)).contains(text);
      assertThat(Punycode.isALabel("xn--" + encoded)).isTrue();
    }
  }
}
