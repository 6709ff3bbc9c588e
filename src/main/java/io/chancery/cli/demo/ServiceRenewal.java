package io.chancery.cli.demo;

import java.util.Map;

/** The certificate itself is the credential for its successor; the key is a new one. */
final class ServiceRenewal {
  private final Stage stage;

  ServiceRenewal(Stage stage) {
    this.stage = stage;
  }

  void play(Holder old) {
    Holder asking = new Holder("service-2", old.name(), "");
    new Requests(stage.shell())
        .make(asking, "/CN=" + old.name(), ServiceEnrolment.names(old.name()));
    stage
        .workshop()
        .writeJson("renewal.json", Map.of("csr", stage.workshop().read(asking.request())));
    stage.transcript().note("renewal.json holds that request.");

    String path = "/v1/certificates/" + old.serial() + "/renewal";
    Reply renewed = stage.api().post(As.holder(old), path, "@renewal.json");
    stage.transcript().answer(renewed.status() + " replaces " + renewed.word("replaces"));
    renewed.mustBe(201);
    stage
        .workshop()
        .write(asking.certificate(), renewed.word("certificate") + renewed.word("chain"));
    Certificates certificates = new Certificates(stage);
    String serial = certificates.show(asking.certificate());
    mustReplace(old, serial, certificates, asking);
    certificates.mustVerify(asking.certificate(), "sslserver");
  }

  private void mustReplace(Holder old, String serial, Certificates certificates, Holder asking) {
    if (serial.equals(old.serial())) {
      throw Trouble.of("the serial is that of the old certificate", "look at the answer");
    }
    if (!certificates.names(asking.certificate()).equals(certificates.names(old.certificate()))) {
      throw Trouble.of("its names are not those of the old certificate", "look at the answer");
    }
    stage.transcript().ok("a new serial and a new key, the same names; no token was needed");
  }
}
