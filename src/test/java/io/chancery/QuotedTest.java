package io.chancery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Text from outside comes out as printable ASCII of a bounded length. */
class QuotedTest {
  @Test
  void printableAsciiStays() {
    assertThat(Quoted.of("payments.internal.test (v2)")).isEqualTo("'payments.internal.test (v2)'");
    assertThat(Quoted.of("")).isEqualTo("''");
  }

  @Test
  void everythingElseIsEscaped() {
    assertThat(Quoted.of("a\0b\r\n\tc\u007f"))
        .isEqualTo("'a\\u0000b\\u000d\\u000a\\u0009c\\u007f'");
    assertThat(Quoted.of("\u202etset")).isEqualTo("'\\u202etset'");
    assertThat(Quoted.of("it's \\u0041")).isEqualTo("'it\\u0027s \\u005cu0041'");
    assertThat(Quoted.of("\ud83d\ude00\ud800")).isEqualTo("'\\ud83d\\ude00\\ud800'");
    assertThat(Quoted.of("\u001b[31m")).isEqualTo("'\\u001b[31m'");
  }

  @Test
  void everyCharacterComesOutPlain() {
    for (int c = 0; c <= 0xffff; c++) {
      String quoted = Quoted.of(String.valueOf((char) c));
      assertThat(quoted.chars().allMatch(each -> each >= 0x20 && each < 0x7f)).isTrue();
    }
  }

  @Test
  void whatIsTooLongIsCutAndSaysSo() {
    assertThat(Quoted.of("a".repeat(120))).hasSize(122);
    assertThat(Quoted.of("a".repeat(121)))
        .isEqualTo("'" + "a".repeat(120) + "' (cut, 121 characters)");
    assertThat(Quoted.of("\n".repeat(65_536))).hasSizeLessThan(800);
  }
}
