package io.chancery.testing;

import io.chancery.Caller;
import io.chancery.OrganizationId;
import io.chancery.access.Organization;
import io.chancery.access.Organizations;
import io.chancery.access.TokenGrant;
import io.chancery.access.Tokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** Organizations for tests, each of its own. */
@ApplicationScoped
public class Tenant {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Caller SELF = new Caller.Authority("test");

  @Inject Organizations organizations;
  @Inject Tokens tokens;

  /** An organization with a token that may be used many times. */
  public record Home(OrganizationId id, String token) {}

  public Home fresh(String... names) {
    OrganizationId id = new OrganizationId("home-" + COUNT.incrementAndGet());
    organizations.create(
        SELF,
        new Organization(
            id, id.value(), "team@internal.test", List.of(), List.of(names), Optional.empty()));
    String token =
        tokens.create(
            SELF,
            new TokenGrant(
                id + "-token", id, List.of(), List.of(), OptionalInt.empty(), Duration.ofDays(1)));
    return new Home(id, token);
  }
}
