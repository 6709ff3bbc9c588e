package io.chancery.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.Routes;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The thread that reads requests knows the routes that have a door by their addresses. */
@QuarkusTest
@WithTestResource(World.class)
class FullDoorTest {
  @Test
  void itKnowsTheRoutesWithADoorAndNoOther() {
    List<Routes.Route> routes = Routes.all();
    assertThat(routes.stream().filter(Routes.Route::inTurn)).isNotEmpty();
    for (Routes.Route route : routes) {
      assertThat(
              FullDoor.isInTurn(
                  HttpMethod.valueOf(route.verb()), route.path().replaceAll("\\{[a-z]+}", "7777")))
          .as(route.line())
          .isEqualTo(route.inTurn() || isBesideOne(route, routes));
    }
  }

  /** Another form of body at the same address. */
  private static boolean isBesideOne(Routes.Route route, List<Routes.Route> all) {
    return all.stream()
        .filter(Routes.Route::inTurn)
        .anyMatch(one -> one.verb().equals(route.verb()) && one.path().equals(route.path()));
  }
}
