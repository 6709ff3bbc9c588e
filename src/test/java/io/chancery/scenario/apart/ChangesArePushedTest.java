package io.chancery.scenario.apart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.chancery.Role;
import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.EventStream;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clients that follow changes hear of each, their own only, and nothing is lost while away. */
@QuarkusTest
@WithTestResource(World.class)
@TestProfile(ChangesArePushedTest.Brisk.class)
class ChangesArePushedTest {
  private static final String PATH = "/v1/status-changes";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Heartbeats that a test can wait for, and few places. */
  public static final class Brisk implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "chancery.push.heartbeat", "1s",
          "chancery.push.clients", "5",
          "chancery.push.patience", "2s",
          "chancery.testing.send-buffer", "16384");
    }
  }

  private static final String COPIES = "7e0000000000000000%";

  @Inject Tenant tenants;
  @Inject Book book;

  @Test
  void everyChangeIsHeard() throws Exception {
    Tenant.Holder holder = holder(tenants.fresh("dns:internal.test"), "a");
    Http operator = tenants.person(Role.OPERATOR).http();
    try (Http.Streamed stream = operator.follow(PATH)) {
      await().atMost(PATIENCE).until(() -> !stream.events().named("ready").isEmpty());
      operator.post(holder.path() + "/revocation", Map.of("reason", "certificateHold"));
      await().atMost(PATIENCE).until(() -> of(stream, holder).size() == 1);
      operator.delete(holder.path() + "/revocation");
      await().atMost(PATIENCE).until(() -> of(stream, holder).size() == 2);
      operator.post(holder.path() + "/revocation", Map.of("reason", "superseded"));
      await().atMost(PATIENCE).until(() -> of(stream, holder).size() == 3);

      List<String> texts = new ArrayList<>();
      for (EventStream.Event event : of(stream, holder)) {
        var json = JSON.readTree(event.data());
        assertThat(json.get("issuer").asText()).isEqualTo("issuing");
        assertThat(json.has("at")).isTrue();
        texts.add(
            json.get("version").asInt()
                + json.get("status").asText()
                + json.path("reason").asText());
      }
      assertThat(texts).containsExactly("1heldcertificateHold", "2good", "3revokedsuperseded");
    }
  }

  @Test
  void aServiceHearsOfItsOwnOrganizationOnly() {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    Tenant.Holder own = holder(home, "own");
    Tenant.Holder foreign = holder(tenants.fresh("dns:internal.test"), "foreign");
    try (Http.Streamed stream = home.http().follow(PATH)) {
      await().atMost(PATIENCE).until(() -> !stream.events().named("ready").isEmpty());
      revoke(foreign);
      revoke(own);
      await().atMost(PATIENCE).until(() -> of(stream, own).size() == 1);
      assertThat(of(stream, foreign)).isEmpty();
      await().atMost(Duration.ofSeconds(30)).until(() -> !stream.events().comments().isEmpty());
      assertThat(stream.events().named("status")).hasSize(1);
    }
  }

  @Test
  void whoComesBackIsToldWhatWasMissed() {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    List<Tenant.Holder> holders = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      holders.add(holder(home, "m" + i));
    }
    String place;
    try (Http.Streamed stream = home.http().follow(PATH)) {
      await().atMost(PATIENCE).until(() -> !stream.events().named("ready").isEmpty());
      revoke(holders.get(0));
      await().atMost(PATIENCE).until(() -> of(stream, holders.get(0)).size() == 1);
      place = of(stream, holders.get(0)).getLast().id();
    }
    holders.subList(1, 6).forEach(ChangesArePushedTest::revoke);
    try (Http.Streamed stream = home.http().follow(PATH, "Last-Event-ID", place)) {
      for (Tenant.Holder missed : holders.subList(1, 6)) {
        await().atMost(PATIENCE).until(() -> !of(stream, missed).isEmpty());
      }
    }
    // The first event's place is enough: nothing had changed before.
    try (Http.Streamed stream = home.http().follow(PATH, "Last-Event-ID", "9".repeat(18) + ".1")) {
      for (Tenant.Holder holder : holders) {
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(
                () -> assertThat(of(stream, holder)).as("of a place from elsewhere").hasSize(1));
      }
    }
  }

  @Test
  void aRevokedFollowerIsCutOff() {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    Tenant.Holder follower = holder(home, "follower");
    try (Http.Streamed stream = follower.http().follow(PATH)) {
      await().atMost(PATIENCE).until(() -> !stream.events().named("ready").isEmpty());
      assertThat(stream.events().ended()).isFalse();
      assertThat(home.http().post(follower.path() + "/revocation", Map.of()).status())
          .isEqualTo(200);
      await().atMost(Duration.ofSeconds(30)).until(() -> stream.events().ended());
    }
  }

  @Test
  void thereAreSoManyPlacesAndTheyAreGivenBack() {
    Http operator = tenants.person(Role.OPERATOR).http();
    List<Http.Streamed> streams = new ArrayList<>();
    try {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                streams.add(operator.follow(PATH));
                return streams.getLast().status() == 503;
              });
      assertThat(streams.stream().filter(one -> one.status() == 200)).hasSizeLessThanOrEqualTo(5);
    } finally {
      streams.forEach(Http.Streamed::close);
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              try (Http.Streamed stream = operator.follow(PATH)) {
                return stream.status() == 200;
              }
            });
  }

  /**
   * More than the buffers on the way can hold, which this profile keeps small: the sender must not
   * keep the rest for it.
   */
  @Test
  void oneThatDoesNotReadIsCutOff() throws Exception {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    Tenant.Holder holder = holder(home, "slow");
    book.change(
        "insert into certificate select (jsonb_populate_record(c, jsonb_build_object('serial',"
            + " '7e' || lpad(to_hex(n), 36, '0')))).* from certificate c,"
            + " generate_series(1, 5000) n where c.serial = ?",
        holder.serial());
    try (Socket plain = new Socket()) {
      book.change(
          "insert into status_change (issuer, serial, version, at, crl_number)"
              + " select issuer, serial, 0, now(), 0 from certificate where serial like ?",
          COPIES);
      plain.setReceiveBufferSize(4096);
      plain.connect(new InetSocketAddress("127.0.0.1", Http.port("http.ssl-port")));
      try (Socket socket =
          Http.tls()
              .getSocketFactory()
              .createSocket(plain, "localhost", Http.port("http.ssl-port"), true)) {
        String request =
            "GET "
                + PATH
                + " HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: 0.0\r\nAuthorization: Bearer "
                + home.token()
                + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        await().atMost(Duration.ofSeconds(30)).until(() -> followers() == 1);
        await().atMost(Duration.ofSeconds(30)).until(() -> followers() == 0);
        assertThat(Http.management().get("/q/metrics").text())
            .contains("chancery_push_cut_total 1.0");
      }
    } finally {
      book.change("delete from status_change where serial like ?", COPIES);
      book.change("delete from certificate where serial like ?", COPIES);
    }
  }

  private static double followers() {
    return Http.management()
        .get("/q/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith("chancery_push_clients"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Test
  void aPlaceThatIsNoneIsRefused() {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    assertThat(home.http().get(PATH, "Last-Event-ID", "yesterday").status()).isEqualTo(400);
  }

  private static Tenant.Holder holder(Tenant.Home home, String name) {
    return home.enrol("tls-client", Csrs.ec("").dns(name + ".internal.test"));
  }

  private static void revoke(Tenant.Holder holder) {
    assertThat(holder.home().http().post(holder.path() + "/revocation", Map.of()).status())
        .isEqualTo(200);
  }

  private static List<EventStream.Event> of(Http.Streamed stream, Tenant.Holder holder) {
    return stream.events().named("status").stream()
        .filter(event -> event.data().contains(holder.serial()))
        .toList();
  }
}
