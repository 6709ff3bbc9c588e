package io.chancery.ocsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GetPathTest {
  private static final String PREFIX = "/ocsp/";

  @Test
  void everyEscapingThatClientsUseIsRead() {
    Random random = new Random(7);
    for (int length = 1; length < 200; length++) {
      byte[] octets = new byte[length];
      random.nextBytes(octets);
      String base64 = Base64.getEncoder().encodeToString(octets);
      String escaped = URLEncoder.encode(base64, StandardCharsets.US_ASCII);
      for (String written :
          List.of(
              base64,
              escaped,
              escaped.toLowerCase(java.util.Locale.ROOT).equals(escaped)
                  ? escaped
                  : lowered(base64),
              URLEncoder.encode(escaped, StandardCharsets.US_ASCII),
              base64.replace("=", ""),
              escaped.replace("%3D", ""),
              base64.replace("/", "%2F"),
              base64.replace("+", "%2B"),
              base64.replace("+", "%20"),
              Base64.getUrlEncoder().encodeToString(octets),
              Base64.getUrlEncoder().withoutPadding().encodeToString(octets),
              base64 + "?a=b",
              base64 + "?" + base64)) {
        assertThat(read(written)).as(written).isEqualTo(octets);
      }
    }
  }

  @Test
  void aSlashIsADigitWhereverItStands() {
    assertThat(read("////")).isEqualTo(new byte[] {-1, -1, -1});
    assertThat(read("/w==")).isEqualTo(new byte[] {-1});
  }

  @Test
  void whatIsNoBase64IsNothing() {
    for (String written :
        List.of(
            "",
            "?",
            "?abcd",
            "A",
            "AAAAA",
            "AA=",
            "AA===",
            "AAA==",
            "AAAA=",
            "=",
            "====",
            "A=AA",
            "AA==AA",
            "%",
            "%4",
            "%zz",
            "AAA%",
            "%25",
            "%252",
            "%25zz",
            "%252525",
            "!",
            "AAA.",
            "%00%00",
            "a\u00e9bc",
            "AA\u0000A")) {
      assertThat(read(written)).as(written).isEmpty();
    }
    assertThat(GetPath.request("/ocsp", 5)).isEmpty();
  }

  @Test
  void noPathBreaksIt() {
    Random random = new Random(1);
    String alphabet = "%25%2F+/=AZaz09-_? %\u0000\u00ff";
    for (int round = 0; round < 50_000; round++) {
      StringBuilder path = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        path.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(read(path.toString()).length).isLessThanOrEqualTo(path.length());
    }
  }

  private static byte[] read(String written) {
    return GetPath.request(PREFIX + written, PREFIX.length());
  }

  private static String lowered(String base64) {
    return base64.replace("/", "%2f").replace("+", "%2b").replace("=", "%3d");
  }
}
