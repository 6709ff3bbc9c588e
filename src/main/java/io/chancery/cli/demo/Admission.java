package io.chancery.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An operator makes an organization for the partner and answers the partner's request. */
final class Admission {
  private final Stage stage;

  Admission(Stage stage) {
    this.stage = stage;
  }

  Holder play() {
    String partner = "partner-" + HexFormat.of().toHexDigits((short) stage.random().nextInt());
    String domain = partner + ".test";
    organization(partner, domain);

    Holder asking = new Holder("partner", "gateway." + domain, "");
    stage.transcript().note("The partner makes its key at home and sends the request only:");
    new Requests(stage.shell())
        .make(asking, "/O=" + partner + "/CN=payment gateway", List.of("DNS:" + asking.name()));
    ask(partner, asking);
    preview();
    return issue(asking);
  }

  private void organization(String partner, String domain) {
    String ask =
        """
        {"id":"%s","profiles":["partner-client"],"names":["dns:%s"]}"""
            .formatted(partner, domain);
    Reply made = stage.api().post(As.ADMIN, "/v1/organizations", ask);
    stage.transcript().answer(String.valueOf(made.status()));
    made.mustBe(201);
    stage.transcript().ok(partner + " may hold names below " + domain + ", and no others");
  }

  private void ask(String partner, Holder asking) {
    Map<String, String> ask = new LinkedHashMap<>();
    ask.put("profile", "partner-client");
    ask.put("organization", partner);
    ask.put("contact", "security@" + partner + ".test");
    ask.put("csr", stage.workshop().read(asking.request()));
    stage.workshop().writeJson("partner.json", ask);
    stage.transcript().note("partner.json holds profile, organization, contact and that request.");
  }

  private void preview() {
    Reply preview = stage.api().post(As.ADMIN, "/v1/certificates/preview", "@partner.json");
    stage.transcript().answer(String.valueOf(preview.status()));
    preview.mustBe(200);
    List<JsonNode> checks = preview.items("checks").toList();
    stage
        .transcript()
        .answer(
            checks.stream()
                .map(Admission::verdict)
                .collect(Collectors.joining(", ", "rules: ", "")));
    preview
        .items("text")
        .map(JsonNode::asText)
        .filter(line -> line.matches("(subject|notAfter|extension (ext|subjectAlt|key)).*"))
        .forEach(stage.transcript()::answer);
    if (!preview.json().path("passes").asBoolean()) {
      throw Trouble.of("the preview says that the request would be refused", "read its rules");
    }
    stage.transcript().ok(checks.size() + " rules pass, and nothing was signed yet");
  }

  private static String verdict(JsonNode check) {
    String rule = check.path("rule").asText();
    return check.path("pass").asBoolean() ? rule : rule + " FAILS: " + check.path("found").asText();
  }

  private Holder issue(Holder asking) {
    Reply issued = stage.api().post(As.ADMIN, "/v1/certificates", "@partner.json");
    stage.transcript().answer(String.valueOf(issued.status()));
    issued.mustBe(201);
    stage.workshop().write(asking.certificate(), issued.word("certificate") + issued.word("chain"));
    stage.transcript().note("Certificate and chain of the answer go to partner.pem.");
    Certificates certificates = new Certificates(stage);
    String serial = certificates.show(asking.certificate());
    certificates.mustVerify(asking.certificate(), "sslclient");
    Holder partner = new Holder(asking.file(), asking.name(), serial);
    own(partner);
    return partner;
  }

  private void own(Holder partner) {
    Reply own = stage.api().get(As.holder(partner), "/v1/certificates/" + partner.serial());
    stage.transcript().answer(own.status() + " " + own.word("status"));
    own.mustBe(200);
    stage.transcript().ok("the partner itself may ask the API about it");
  }
}
