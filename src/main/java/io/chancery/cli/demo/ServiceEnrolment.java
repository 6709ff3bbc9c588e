package io.chancery.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A service makes its own key and request, and an enrolment token gets it the certificate. */
final class ServiceEnrolment {
  /** Both usages, so that it can renew by showing this certificate as a client. */
  static final String PROFILE = "tls-peer";

  private final Stage stage;

  ServiceEnrolment(Stage stage) {
    this.stage = stage;
  }

  Holder play() {
    String name = host(stage, "payments");
    Holder asking = new Holder("service", name, "");
    new Requests(stage.shell()).make(asking, "/CN=" + name, names(name));
    stage.transcript().note("The token stands in token.header (mode 0600), not in the command.");
    int status = stage.api().request(As.TOKEN, PROFILE, asking);
    stage.transcript().answer(String.valueOf(status));
    if (status != 201) {
      throw new Reply(status, stage.workshop().read(asking.certificate())).unwanted(201);
    }
    stage.transcript().ok("created, with its chain in " + asking.certificate());

    Certificates certificates = new Certificates(stage);
    String serial = certificates.show(asking.certificate());
    certificates.mustVerify(asking.certificate(), "sslserver");
    return new Holder(asking.file(), name, serial);
  }

  static List<String> names(String name) {
    return List.of("DNS:" + name, "DNS:localhost", "IP:127.0.0.1");
  }

  /** A host that the demo organization may name; where it only has localhost, that. */
  static String host(Stage stage, String first) {
    Reply demo = stage.api().look(As.ADMIN, "/v1/organizations/demo").mustBe(200);
    return demo.items("names")
        .map(JsonNode::asText)
        .filter(pattern -> pattern.startsWith("dns:") && pattern.contains("."))
        .map(pattern -> first + "." + pattern.substring(4))
        .findFirst()
        .orElse("localhost");
  }
}
