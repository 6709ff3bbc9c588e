package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.testing.Http;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The description that clients are made from knows every route. */
@QuarkusTest
@WithTestResource(World.class)
class OpenApiTest {
  @Test
  void everyRouteOfTheTableIsDescribed() throws Exception {
    Http.Answer answer = Http.anonymous().get("/q/openapi?format=json");
    assertThat(answer.status()).isEqualTo(200);
    JsonNode paths = answer.json().get("paths");
    List<String> routes =
        Files.readAllLines(Path.of("src", "test", "resources", "golden", "routes.txt"));
    assertThat(routes).isNotEmpty();
    for (String route : routes) {
      String[] parts = route.split(" +", 3);
      JsonNode path = paths.path(parts[1]);
      assertThat(path.has(parts[0].toLowerCase(Locale.ROOT))).as(route).isTrue();
    }
  }
}
