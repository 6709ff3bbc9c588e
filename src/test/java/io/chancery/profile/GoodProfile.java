package io.chancery.profile;

import java.util.ArrayList;
import java.util.List;

/** A profile file without fault, one key a line, into which tests put theirs. */
final class GoodProfile {
  private static final List<String> LINES =
      List.of(
          "name: good",
          "description: A profile without fault",
          "issuer: issuing",
          "audience: organizations",
          "keys: [ec-p256, rsa-2048]",
          "validity: 90d",
          "longest: 90d",
          "backdate: 5m",
          "renew-after: 0.67",
          "subject: {from-request: [CN]}",
          "names: {kinds: [dns, ip], least: 1, most: 5, common-name: is-a-name}",
          "key-usage: [digitalSignature]",
          "extended-key-usage: [serverAuth]",
          "status: published");

  private GoodProfile() {}

  /** The good profile with each of these lines in the place of the line with its key. */
  static ProfileSource with(String... changed) {
    List<String> lines = new ArrayList<>(LINES);
    for (String line : changed) {
      lines.removeIf(other -> other.startsWith(line.substring(0, line.indexOf(':') + 1)));
      lines.add(line);
    }
    return new ProfileSource("good.yaml", String.join("\n", lines) + "\n");
  }

  static ProfileSource without(String key) {
    List<String> lines = LINES.stream().filter(line -> !line.startsWith(key + ":")).toList();
    return new ProfileSource("good.yaml", String.join("\n", lines) + "\n");
  }

  /** The good profile with text behind its last line. */
  static ProfileSource and(String more) {
    return new ProfileSource("good.yaml", with().text() + more);
  }
}
