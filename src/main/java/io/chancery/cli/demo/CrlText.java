package io.chancery.cli.demo;

import java.util.ArrayList;
import java.util.List;

/** A CRL as {@code openssl crl -text} writes it. */
final class CrlText {
  private static final String SERIAL = "Serial Number:";

  private CrlText() {}

  /** The lines about one serial, none if it is not listed. */
  static List<String> entry(String text, String serial) {
    List<String> lines = new ArrayList<>();
    boolean inside = false;
    for (String line : text.lines().toList()) {
      String plain = line.strip();
      if (plain.startsWith(SERIAL)) {
        String listed = Certificates.serial(plain.substring(SERIAL.length()));
        inside = listed.equals(serial);
      } else if (plain.startsWith("Signature Algorithm:")) {
        inside = false;
      }
      if (inside) {
        lines.add(line);
      }
    }
    return lines;
  }
}
