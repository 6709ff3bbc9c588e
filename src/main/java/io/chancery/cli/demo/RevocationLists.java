package io.chancery.cli.demo;

import java.util.List;

/** The CRLs of root and issuer, fetched as any validator fetches them. */
final class RevocationLists {
  /** Both in PEM, one file: nginx wants one for every authority of the chain. */
  static final String ALL = "crls.pem";

  /** The issuer's. */
  static final String ISSUING = "issuing.crl.pem";

  private static final String DER = "issuing.crl";

  private final Stage stage;

  RevocationLists(Stage stage) {
    this.stage = stage;
  }

  /** Fetches the newest, and lays it beside the root's. */
  void fetch() {
    stage.shell().run(download()).orTrouble("see whether the http listener answers");
    stage.shell().run(conversion()).orTrouble("look at " + DER);
    stage
        .shell()
        .script("cat root.crl " + ISSUING + " > " + ALL)
        .orTrouble("look at root.crl, which the ceremony leaves in authority/");
  }

  /** The newest as text, without a word. */
  String text() {
    stage.shell().quietly(download()).orTrouble("see whether the http listener answers");
    return stage
        .shell()
        .quietly(List.of("openssl", "crl", "-inform", "DER", "-in", DER, "-noout", "-text"))
        .orTrouble("look at " + DER)
        .text();
  }

  private List<String> download() {
    return List.of(
        "curl", "-sS", "--fail", "-o", DER, stage.addresses().http() + "/crl/issuing.crl");
  }

  private static List<String> conversion() {
    return List.of("openssl", "crl", "-inform", "DER", "-in", DER, "-out", ISSUING);
  }
}
