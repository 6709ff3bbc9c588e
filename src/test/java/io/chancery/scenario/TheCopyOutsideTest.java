package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.ledger.Restoration;
import io.chancery.ledger.Standing;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The copy outside the database goes away, comes back, or is not what it was. */
@QuarkusTest
@WithTestResource(World.class)
class TheCopyOutsideTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject Tenant tenants;
  @Inject Restoration restoration;
  @Inject Standing standing;

  @ConfigProperty(name = "chancery.ledger.copy")
  Path copy;

  @AfterEach
  void theNextTestFindsItInOrder() {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              restoration.compare();
              return standing.doubt().isEmpty();
            });
  }

  @Test
  void whileItIsAwayDeedsGoOnAndAreCopiedOnceItIsBack() throws IOException {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    Path away = copy.resolveSibling("ledger-away");
    Files.move(copy, away);
    Tenant.Holder holder;
    try {
      holder = home.enrol("tls-peer", Csrs.ec("").dns("a.internal.test"));
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(ledgerHealth().get("trouble").asText()).contains("gone"));
      assertThat(copy).as("nothing is made where a disk should be mounted").doesNotExist();
    } finally {
      Files.move(away, copy);
    }
    JsonNode proof = awaitProof(holder);
    assertThat(proof.get("entry").asText()).contains(holder.serial());
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(ledgerHealth().get("trouble").asText()).isEqualTo("none"));
  }

  @Test
  void aCheckpointThatTheLedgerKeyHasNotSignedEndsAllSigning() throws IOException {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    Path file = copy.resolve("checkpoint");
    awaitProof(home.enrol("tls-peer", Csrs.ec("").dns("a.internal.test")));
    String good = Files.readString(file);
    String forged = good.replaceFirst("\n[0-9]+\n", "\n3\n");
    try {
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                Files.writeString(file, forged);
                restoration.compare();
                return standing.doubt().isPresent();
              });
      assertThat(standing.doubt().orElseThrow().what()).contains("is not of its key");
      Http.Answer refused =
          home.http()
              .post(
                  "/v1/certificates",
                  Map.of(
                      "profile",
                      "tls-peer",
                      "csr",
                      Csrs.ec("").dns("b.internal.test").build().pem()));
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.raw().headers().firstValue("Retry-After")).isPresent();
      assertThat(refused.text()).contains("accept-loss");
      assertThat(Http.plain().get("/crl/issuing.crl").status()).isEqualTo(200);
    } finally {
      Files.writeString(file, good);
    }
  }

  @Test
  void aCopyThatIsEmptyEndsAllSigningUntilItIsBack() throws IOException {
    awaitProof(
        tenants.fresh("dns:internal.test").enrol("tls-peer", Csrs.ec("").dns("a.internal.test")));
    Path lost = copy.resolveSibling("ledger-lost");
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              // Between the two moves the sequencer may write once: what it wrote is moved as well.
              if (!Files.exists(lost)) {
                Files.move(copy, lost);
                Files.createDirectory(copy);
              }
              restoration.compare();
              return standing.doubt().isPresent();
            });
    assertThat(standing.doubt().orElseThrow().what()).contains("is gone: it held");
    Files.delete(copy);
    Files.move(lost, copy);
  }

  @Test
  void whoPrefersToWaitGetsTheProofWithTheCertificate() {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    Http.Answer answer =
        home.http()
            .post(
                "/v1/certificates",
                Map.of(
                    "profile", "tls-peer", "csr", Csrs.ec("").dns("w.internal.test").build().pem()),
                "Prefer",
                "wait=20");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.raw().headers().firstValue("Preference-Applied")).hasValue("wait");
    assertThat(answer.json().at("/proof/entry").asText())
        .contains(answer.json().get("serial").asText());
  }

  private static JsonNode awaitProof(Tenant.Holder holder) {
    return await()
        .atMost(PATIENCE)
        .until(() -> holder.http().get(holder.path() + "/proof"), answer -> answer.status() == 200)
        .json();
  }

  private static JsonNode ledgerHealth() {
    for (JsonNode check : Http.management().get("/q/health/well").json().get("checks")) {
      if (check.get("name").asText().equals("ledger")) {
        return check.get("data");
      }
    }
    throw new AssertionError("the ledger's health is not shown");
  }
}
