package io.chancery.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A certificate that ends in two minutes shows up among the alerts by itself. */
final class EarlyWarning {
  /** After a hard kill of the instance the watch begins a minute late: the old lease must end. */
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final Stage stage;

  EarlyWarning(Stage stage) {
    this.stage = stage;
  }

  void play() {
    Holder asking = new Holder("soon", ServiceEnrolment.host(stage, "reports"), "");
    new Requests(stage.shell())
        .make(asking, "/CN=" + asking.name(), List.of("DNS:" + asking.name()));
    Map<String, String> ask = new LinkedHashMap<>();
    ask.put("profile", ServiceEnrolment.PROFILE);
    ask.put("validity", "PT7M");
    ask.put("csr", stage.workshop().read(asking.request()));
    stage.workshop().writeJson("soon.json", ask);
    stage
        .transcript()
        .note("soon.json asks for 7 minutes, of which the first 5 lie in the past (clock skew).");
    Reply issued = stage.api().post(As.TOKEN, "/v1/certificates", "@soon.json");
    stage.transcript().answer(issued.status() + " ends at " + issued.word("notAfter"));
    issued.mustBe(201);

    String serial = issued.word("serial");
    JsonNode alert =
        new Patience(stage.transcript())
            .until("the alert for " + serial + " is raised", LIMIT, () -> alert(serial));
    stage.api().get(As.ADMIN, "/v1/alerts").mustBe(200);
    stage.transcript().answer(alert.path("severity").asText() + ": " + alert.path("text").asText());
    stage.transcript().ok("the alert names the certificate");
  }

  private Optional<JsonNode> alert(String serial) {
    return stage
        .api()
        .look(As.ADMIN, "/v1/alerts")
        .mustBe(200)
        .items("items")
        .filter(item -> item.path("serial").asText().equals(serial))
        .findFirst();
  }
}
