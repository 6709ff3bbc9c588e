package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.Role;
import io.chancery.ledger.note.Checkpoint;
import io.chancery.ledger.note.Note;
import io.chancery.ledger.note.NoteKey;
import io.chancery.ledger.tree.Consistency;
import io.chancery.ledger.tree.Inclusion;
import io.chancery.ledger.tree.TreeHash;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What a client can check by itself, with the ledger's public key and nothing else. */
@QuarkusTest
@WithTestResource(World.class)
class CertificatesAreProvablyOnTheRollTest {
  @Inject Tenant tenants;

  @ConfigProperty(name = "chancery.ledger.copy")
  Path copy;

  @ConfigProperty(name = "chancery.ledger.witnesses")
  String witnesses;

  @Test
  void theProofLeadsFromTheCertificateToTheSignedCheckpoint() {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    Tenant.Holder holder = home.enrol("tls-peer", Csrs.ec("").dns("a.internal.test"));

    JsonNode proof = holder.http().get(holder.path() + "/proof").json();
    Checkpoint checkpoint = verified(proof.get("checkpoint").asText());
    String entry = proof.get("entry").asText();
    assertThat(entry)
        .contains("CERTIFICATE_ISSUED", holder.serial(), holder.certificate().thumbprint().hex());

    TreeHash leaf = TreeHash.leaf(entry.getBytes(StandardCharsets.UTF_8));
    Inclusion path =
        new Inclusion(
            proof.get("leafIndex").asLong(),
            proof.get("treeSize").asLong(),
            hashes(proof.get("path")));
    assertThat(path.holds(leaf, checkpoint.root())).isTrue();
    assertThat(path.holds(TreeHash.leaf(new byte[] {1}), checkpoint.root())).isFalse();
  }

  @Test
  void everyCheckpointIsABeginningOfTheNext() {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    List<Checkpoint> seen = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Tenant.Holder holder = home.enrol("tls-peer", Csrs.ec("").dns(i + ".internal.test"));
      JsonNode proof = holder.http().get(holder.path() + "/proof").json();
      seen.add(verified(proof.get("checkpoint").asText()));
    }
    for (Checkpoint old : seen) {
      for (Checkpoint late : seen.subList(seen.indexOf(old), seen.size())) {
        JsonNode answer =
            Http.anonymous()
                .get("/v1/ledger/consistency?old=" + old.size() + "&size=" + late.size())
                .json();
        Consistency proof = new Consistency(old.size(), late.size(), hashes(answer.get("path")));
        assertThat(proof.holds(old.root(), late.root())).isTrue();
      }
    }
  }

  @Test
  void aWitnessHasCosignedWhatIsPublished() {
    tenants.fresh("dns:internal.test").enrol("tls-peer", Csrs.ec("").dns("a.internal.test"));
    NoteKey witness = NoteKey.parse(witnesses.split(" ")[0]);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              String shown = Http.anonymous().get("/v1/ledger/checkpoint").text();
              Note note = Note.parse(shown.getBytes(StandardCharsets.UTF_8));
              assertThat(note.isSignedBy(witness)).isTrue();
            });
  }

  @Test
  void theCopyOutsideHasWhatTheServiceShows() throws IOException {
    tenants.fresh("dns:internal.test").enrol("tls-peer", Csrs.ec("").dns("a.internal.test"));
    Http auditor = tenants.person(Role.AUDITOR).http();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(Files.readString(copy.resolve("checkpoint")))
                    .isEqualTo(Http.anonymous().get("/v1/ledger/checkpoint").text()));
    Checkpoint checkpoint = verified(Files.readString(copy.resolve("checkpoint")));
    long n = (checkpoint.size() - 1) / 256;
    int width = (int) ((checkpoint.size() - 1) % 256) + 1;
    String name = String.format("%03d", n) + (width == 256 ? "" : ".p/" + width);
    for (String tile : List.of("tile/0/" + name, "tile/entries/" + name)) {
      assertThat(auditor.get("/v1/ledger/" + tile).body())
          .isEqualTo(Files.readAllBytes(copy.resolve(tile)));
    }
  }

  @Test
  void whatIsNotThereIsSaidSo() {
    Http auditor = tenants.person(Role.AUDITOR).http();
    assertThat(auditor.get("/v1/certificates/00ff00ff00ff00ff/proof").status()).isEqualTo(404);
    assertThat(auditor.get("/v1/ledger/tile/0/x999/999").status()).isEqualTo(404);
    assertThat(auditor.get("/v1/ledger/tile/7/x999/x999/x999/x999/999").status()).isEqualTo(404);
    assertThat(auditor.get("/v1/ledger/tile/0/0").status()).isEqualTo(400);
    assertThat(auditor.get("/v1/ledger/tile/entries/000.p/0").status()).isEqualTo(400);
    assertThat(auditor.get("/v1/ledger/consistency?old=5&size=4").status()).isEqualTo(400);
    assertThat(auditor.get("/v1/ledger/consistency?old=-1&size=4").status()).isEqualTo(400);
    assertThat(auditor.get("/v1/ledger/consistency?old=1&size=999999999").status()).isEqualTo(404);
    assertThat(auditor.get("/v1/ledger/consistency").status()).isEqualTo(400);
    assertThat(Http.anonymous().get("/v1/ledger/tile/entries/000.p/1").status()).isEqualTo(401);
  }

  @Test
  void anotherOrganizationsProofIsUnknown() {
    Tenant.Holder holder =
        tenants.fresh("dns:internal.test").enrol("tls-peer", Csrs.ec("").dns("a.internal.test"));
    assertThat(tenants.fresh("dns:internal.test").http().get(holder.path() + "/proof").status())
        .isEqualTo(404);
  }

  private static Checkpoint verified(String note) {
    NoteKey key = NoteKey.parse(Http.anonymous().get("/v1/ledger/key").text().strip());
    Note read = Note.parse(note.getBytes(StandardCharsets.UTF_8));
    assertThat(read.verified(List.of(key))).isNotEmpty();
    return Checkpoint.parse(read.text());
  }

  private static List<TreeHash> hashes(JsonNode path) {
    List<TreeHash> hashes = new ArrayList<>();
    path.forEach(hash -> hashes.add(TreeHash.parse(hash.asText())));
    return hashes;
  }
}
