package io.chancery.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chancery.PkiException;
import io.chancery.Role;
import io.chancery.testing.Book;
import io.chancery.testing.Consent;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.chancery.warrant.SigningSwitch;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People at their terminals: what is shown is what is signed, by a key that stays where it is. */
@QuarkusTest
@WithTestResource(World.class)
class ApprovalCommandsTest {
  @Inject Tenant tenants;
  @Inject Book book;
  @Inject SigningSwitch here;
  @TempDir Path temp;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Tenant.Home home;
  private Tenant.Holder alice;
  private Tenant.Holder bob;
  private Tenant.Holder operator;

  @BeforeEach
  void enter() throws Exception {
    home = tenants.fresh("dns:internal.test");
    alice = keep("alice", tenants.person(Role.APPROVER));
    // Before anything is halted: people who have no certificate by then get none.
    bob = tenants.person(Role.APPROVER);
    operator =
        keep("operator", tenants.person(tenants.fresh("uri:urn:staff"), true, Role.OPERATOR));
  }

  @Test
  void anApproverSeesTheCertificateAndSignsIt() throws Exception {
    String id = propose();
    assertThat(run("alice", "approvals")).as(err.toString()).isZero();
    assertThat(text()).contains(id, "PENDING", "CERTIFICATE", home.id().value());

    assertThat(run("alice", "approve", id, "--show")).isZero();
    String hash = Consent.read(alice, id).get("sha256").asText();
    assertThat(text()).contains("subject: ", "a.internal.test", hash, "worked out here");
    assertThat(Consent.read(alice, id).get("state").asText()).isEqualTo("PENDING");

    assertThat(run("alice", "approve", id, "--sha256", "00".repeat(32))).isEqualTo(1);
    assertThat(err.toString()).contains("the octets have the hash " + hash);
    Path file = temp.resolve("tbs.der");
    assertThat(
            run(
                "alice",
                "approve",
                id,
                "--sha256",
                hash,
                "--comment",
                "as agreed",
                "--octets",
                file.toString()))
        .as(err.toString())
        .isZero();
    assertThat(text()).contains("CARRIED_OUT  certificate ");
    assertThat(Files.readAllBytes(file))
        .isEqualTo(Base64.getDecoder().decode(Consent.read(alice, id).get("exact").asText()));
    assertThat(run("alice", "approve", id)).as("it is over").isEqualTo(1);
  }

  @Test
  void nothingIsSignedWhoseHashIsNotThatOfItsOctets() throws Exception {
    ObjectNode lying = (ObjectNode) Consent.read(alice, propose());
    assertThat(ProposalPaper.of(lying).id()).isEqualTo(lying.get("id").asText());
    byte[] octets = Base64.getDecoder().decode(lying.get("exact").asText());
    octets[octets.length - 1] ^= 1;
    lying.put("exact", Base64.getEncoder().encodeToString(octets));
    assertThat(refusal(lying)).contains("the service shows the hash");
    assertThat(refusal(new ObjectMapper().createObjectNode())).contains("cannot be read");
  }

  @Test
  void rejectWithdrawAndBreakTheGlass() {
    String rejected = propose();
    assertThat(run("operator", "reject", rejected)).as("no approver").isEqualTo(1);
    assertThat(run("alice", "reject", rejected, "--comment", "not now")).isZero();
    assertThat(run("operator", "withdraw", propose())).as("not who proposed it").isEqualTo(1);
    assertThat(run("alice", "approve", "../../x")).isEqualTo(1);
    assertThat(err.toString()).contains("is no proposal's id");

    String alone = propose();
    assertThat(run("operator", "approve", alone, "--break-glass", "all is down"))
        .as(err.toString())
        .isZero();
    assertThat(run("alice", "approve", alone, "--review")).as(err.toString()).isZero();
    assertThat(text()).contains("reviewed");
  }

  @Test
  void haltAndResume() {
    assertThat(run("operator", "halt")).as("without a reason").isEqualTo(2);
    assertThat(run("operator", "halt", "--reason", "a drill")).as(err.toString()).isZero();
    assertThat(text()).contains("signing is halted since", "a drill");
    assertThat(run("operator", "resume", "--comment", "over")).isZero();
    String id = text().lines().filter(one -> one.startsWith("proposed ")).findFirst().orElseThrow();
    id = id.substring(id.lastIndexOf(' ') + 1);
    assertThat(run("alice", "approve", id)).isZero();
    assertThat(text()).contains("chancery-resumption-1", "PENDING");
    assertThat(Consent.approve(bob, id).status()).isEqualTo(200);
    assertThat(operator.http().get("/v1/signing").json().get("state").asText()).isEqualTo("on");
  }

  /** Whatever became of a test: the others find signing as they left it. */
  @AfterEach
  void letGo() throws Exception {
    book.change("update signing_halt set resumed_at = now() where resumed_at is null");
    await().atMost(Duration.ofSeconds(30)).until(() -> here.halt().isEmpty());
  }

  private String propose() {
    Http.Answer waits =
        home.http()
            .post(
                "/v1/certificates",
                Map.of(
                    "profile",
                    "approved-by-one",
                    "csr",
                    Csrs.ec("").dns("a.internal.test").build().pem()));
    assertThat(waits.status()).as(waits.text()).isEqualTo(202);
    return waits.json().get("proposal").asText();
  }

  private Tenant.Holder keep(String name, Tenant.Holder holder) throws IOException {
    Files.writeString(
        temp.resolve(name + ".pem"), holder.certificate().pem() + holder.issuer().pem());
    PemFiles.createPrivateKey(temp.resolve(name + ".key"), holder.pair().getPrivate());
    return holder;
  }

  private int run(String who, String... arguments) {
    out.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--cert=" + temp.resolve(who + ".pem"));
    all.add("--key=" + temp.resolve(who + ".key"));
    all.add("--url=https://localhost:" + Http.port("http.ssl-port"));
    all.add("--trust=" + ConfigProvider.getConfig().getValue("chancery.test.root", String.class));
    return Chancery.run(
        new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
  }

  private String text() {
    return out.toString();
  }

  private static String refusal(ObjectNode json) {
    try {
      ProposalPaper.of(json);
      return "";
    } catch (PkiException refused) {
      return refused.failure().detail();
    }
  }
}
