package io.chancery.cli.demo;

import java.util.List;
import java.util.Locale;

/** What openssl reads in certificates. */
final class Certificates {
  private final Stage stage;

  Certificates(Stage stage) {
    this.stage = stage;
  }

  /** Shows the certificate's main facts and returns its serial as the service writes it. */
  String show(String file) {
    Answer answer =
        stage
            .shell()
            .run(
                "openssl",
                "x509",
                "-in",
                file,
                "-noout",
                "-serial",
                "-enddate",
                "-ext",
                "subjectAltName,extendedKeyUsage")
            .orTrouble("look at " + file);
    stage.transcript().answer(answer.text());
    return answer.lineWith("serial=").map(line -> serial(line.substring(7))).orElse("");
  }

  /** The names line of a certificate, as openssl writes it. */
  String names(String file) {
    return stage
        .shell()
        .quietly(List.of("openssl", "x509", "-in", file, "-noout", "-ext", "subjectAltName"))
        .orTrouble("look at " + file)
        .text();
  }

  /** The chain up to the root, every rule of RFC 5280 that openssl knows, and the purpose. */
  void mustVerify(String file, String purpose) {
    Answer answer =
        stage
            .shell()
            .run(
                "openssl",
                "verify",
                "-x509_strict",
                "-purpose",
                purpose,
                "-CAfile",
                "trust/root.pem",
                "-untrusted",
                "trust/chain.pem",
                file);
    stage.transcript().answer(answer.text());
    answer.orTrouble("report what openssl found in " + file);
    stage.transcript().ok("openssl accepts it as " + purpose + ", strictly");
  }

  /** As the service writes it: what openssl prints, whole octets, in lower case. */
  static String serial(String hex) {
    return hex.strip().toLowerCase(Locale.ROOT);
  }
}
