package io.chancery.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Role;
import io.chancery.api.Allow;
import io.chancery.api.ConfirmsLogin;
import io.chancery.api.InTurn;
import io.chancery.api.Public;
import io.quarkus.arc.Arc;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The routes of the running service, with whom each serves. */
public final class Routes {
  private Routes() {}

  /** A route; nobody allowed and not open means that somebody forgot. */
  public record Route(
      String verb,
      String path,
      Optional<String> consumes,
      Set<Role> allowed,
      boolean forAll,
      boolean open,
      boolean inTurn,
      boolean confirmsLogin) {
    /** Whether the gate lets somebody with these roles through. */
    public boolean serves(Set<Role> roles, boolean everywhere) {
      return roles.stream().anyMatch(allowed::contains) && (everywhere || !forAll);
    }

    /** As the agreed table has it. */
    public String line() {
      String who =
          open
              ? "everybody"
              : allowed.stream()
                  .map(role -> role.name().toLowerCase(Locale.ROOT) + (forAll ? "*" : ""))
                  .collect(Collectors.joining(" "));
      return String.format(
          Locale.ROOT, "%-6s %-52s %-20s %s", verb, path, consumes.orElse("-"), who);
    }
  }

  /** Every one, by path. */
  public static List<Route> all() {
    List<Route> routes = new ArrayList<>();
    for (var bean : Arc.container().beanManager().getBeans(Object.class)) {
      Class<?> type = bean.getBeanClass();
      if (type.getName().startsWith("io.chancery.") && type.isAnnotationPresent(Path.class)) {
        for (Method method : type.getDeclaredMethods()) {
          verb(method).ifPresent(verb -> routes.add(route(type, method, verb)));
        }
      }
    }
    assertThat(routes).hasSizeGreaterThan(20);
    return routes.stream()
        .distinct()
        .sorted(Comparator.comparing(Route::path).thenComparing(Route::line))
        .toList();
  }

  private static Route route(Class<?> type, Method method, String verb) {
    String base = type.getAnnotation(Path.class).value();
    Path below = method.getAnnotation(Path.class);
    Allow allow = method.getAnnotation(Allow.class);
    Consumes consumes = method.getAnnotation(Consumes.class);
    return new Route(
        verb,
        (base + (below == null ? "" : "/" + below.value()))
            .replaceAll("/+", "/")
            .replaceAll("\\{([a-z]+): [^}]+}", "{$1}"),
        Optional.ofNullable(consumes).map(one -> one.value()[0]),
        allow == null ? Set.of() : EnumSet.copyOf(Arrays.asList(allow.value())),
        allow != null && allow.forAll(),
        method.isAnnotationPresent(Public.class),
        method.isAnnotationPresent(InTurn.class),
        method.isAnnotationPresent(ConfirmsLogin.class));
  }

  private static Optional<String> verb(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(Annotation::annotationType)
        .flatMap(one -> Optional.ofNullable(one.getAnnotation(HttpMethod.class)).stream())
        .map(HttpMethod::value)
        .findFirst();
  }
}
