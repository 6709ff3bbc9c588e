package io.chancery.cli.local;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where an instance is reached: its three listeners, all on loopback. */
public record Addresses(String http, String https, String management) {
  private static final Pattern LINE = Pattern.compile("(?m)^(http|https|management)=(\\S+)$");

  public static Addresses of(int http, int https, int management) {
    return new Addresses(
        "http://127.0.0.1:" + http, "https://127.0.0.1:" + https, "http://127.0.0.1:" + management);
  }

  /** One {@code name=address} a line. */
  String text() {
    return "http=" + http + "\nhttps=" + https + "\nmanagement=" + management + "\n";
  }

  /** Reads {@link #text}; empty where one is missing. */
  static Optional<Addresses> parse(String text) {
    String http = "";
    String https = "";
    String management = "";
    Matcher lines = LINE.matcher(text);
    while (lines.find()) {
      switch (lines.group(1)) {
        case "http" -> http = lines.group(2);
        case "https" -> https = lines.group(2);
        default -> management = lines.group(2);
      }
    }
    boolean whole = !http.isEmpty() && !https.isEmpty() && !management.isEmpty();
    return whole ? Optional.of(new Addresses(http, https, management)) : Optional.empty();
  }
}
