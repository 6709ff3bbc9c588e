package io.chancery.scenario.apart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.chancery.Role;
import io.chancery.canary.Canary;
import io.chancery.canary.Flight;
import io.chancery.canary.Flights;
import io.chancery.testing.Book;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The canary issues, uses, revokes and asks at every public address, and tells what it found. */
@QuarkusTest
@WithTestResource(World.class)
@TestProfile(CanaryTest.TwoAddresses.class)
class CanaryTest {
  /** Beside the public address one that is a stale cache, or nobody at all. */
  public static final class TwoAddresses implements QuarkusTestProfile {
    static final int PORT = free();

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "chancery.canary.addresses",
          "http://127.0.0.1:" + PORT,
          "chancery.canary.patience",
          "6s");
    }

    private static int free() {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException cannot) {
        throw new IllegalStateException(cannot);
      }
    }
  }

  @Inject Canary canary;
  @Inject Flights flights;
  @Inject Tenant tenants;
  @Inject Book book;

  @ConfigProperty(name = "chancery.public-url")
  String publicUrl;

  @Test
  void aWholeFlight() throws IOException {
    Http operator = tenants.person(Role.OPERATOR).http();
    List<Flight> first = canary.fly();
    assertThat(first).extracting(Flight::address).containsExactly(publicUrl, other());
    Flight own = first.getFirst();
    assertThat(own.trouble()).doesNotContain("its own https").doesNotContain("did not");
    assertThat(own.ocsp()).isPositive();
    assertThat(own.crl()).isPositive();
    assertThat(first.getLast().trouble()).contains("OCSP did not say revoked");
    assertThat(flights.newest()).hasSize(2);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> operator.get("/v1/alerts").text().contains("canary/" + other()));

    String mine =
        "select count(*) from certificate where requester = 'authority:canary' and status = ";
    assertThat(book.number(mine + "'revoked'")).isPositive();
    assertThat(book.number(mine + "'good'")).isZero();
    assertThat(operator.get("/v1/certificates").text())
        .as("whoever looks for others is not bothered")
        .doesNotContain("urn:chancery:canary");
    assertThat(operator.get("/v1/certificates?name=uri:urn:chancery:canary").text())
        .contains("urn:chancery:canary");
    assertThat(Http.management().get("/q/metrics").text())
        .contains("chancery_canary_seconds")
        .contains("step=\"ocsp\"")
        .contains("step=\"use\"");

    passOn();
    List<Flight> second = canary.fly();
    assertThat(second.getLast().trouble()).doesNotContain("did not say revoked");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                second.getLast().isWell()
                    == !operator.get("/v1/alerts").text().contains("canary/" + other()));
  }

  private static String other() {
    return "http://127.0.0.1:" + TwoAddresses.PORT;
  }

  /** The other address comes to life: it passes everything on. */
  private static void passOn() throws IOException {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), TwoAddresses.PORT), 0);
    Http http = Http.plain();
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          String type = exchange.getRequestHeaders().getFirst("Content-Type");
          Http.Answer answer =
              http.send(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().toString(),
                  type == null ? "" : type,
                  body);
          exchange.sendResponseHeaders(answer.status(), answer.body().length);
          exchange.getResponseBody().write(answer.body());
          exchange.close();
        });
    server.start();
  }
}
