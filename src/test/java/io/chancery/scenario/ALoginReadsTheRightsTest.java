package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.chancery.Caller;
import io.chancery.OrganizationId;
import io.chancery.access.Access;
import io.chancery.access.Credential;
import io.chancery.testing.Book;
import io.chancery.testing.Claims;
import io.chancery.testing.Csrs;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who calls and what they may is one question; what it has answered is good for the request that
 * asked it, once and for a moment. The organization's row is changed in between: what comes of it
 * shows when the book was asked.
 */
@QuarkusTest
@WithTestResource(World.class)
class ALoginReadsTheRightsTest {
  private static final String BEFORE = "dns:before.internal.test";
  private static final String AFTER = "dns:after.internal.test";
  private static final int ATTEMPTS = 50;

  @Inject Access access;
  @Inject Tenant tenants;
  @Inject Book book;

  private Tenant.Home home;

  @BeforeEach
  void enter() {
    home = tenants.fresh(BEFORE);
  }

  @Test
  void forTheDeedThatFollowsOnce() throws Exception {
    Credential token = token();
    untilNobodyWasSlow(() -> isReadAtLogin(token));
  }

  @Test
  void ofACertificateToo() throws Exception {
    Tenant.Holder holder = home.enrol("tls-client", Csrs.ec("").dns("before.internal.test"));
    Credential certificate = new Credential.ClientCertificate(holder.certificate().der());
    untilNobodyWasSlow(() -> isReadAtLogin(certificate));
  }

  @Test
  void notForOneThatTookItsTime() throws Exception {
    Claims.onAThreadOfItsOwn(
        () -> {
          Caller caller = login();
          nameBecomes(AFTER);
          Thread.sleep(Duration.ofMillis(300));
          assertThat(names(caller, home.id())).containsExactly(AFTER);
          return true;
        });
  }

  @Test
  void notForAnotherOwner() throws Exception {
    Tenant.Home other = tenants.fresh("dns:other.internal.test");
    Claims.onAThreadOfItsOwn(
        () -> {
          assertThat(names(login(), other.id())).containsExactly("dns:other.internal.test");
          return true;
        });
  }

  @Test
  void notForAnotherRequest() throws Exception {
    Caller caller = Claims.onAThreadOfItsOwn(this::login);
    nameBecomes(AFTER);
    assertThat(Claims.onAThreadOfItsOwn(() -> names(caller, home.id()))).containsExactly(AFTER);
  }

  @Test
  void notOnAThreadThatServesMany() throws Exception {
    Caller caller = login();
    nameBecomes(AFTER);
    assertThat(names(caller, home.id())).containsExactly(AFTER);
  }

  /** Whether the login's answer served one deed; the next one asks in any case. */
  private boolean isReadAtLogin(Credential credential) throws SQLException {
    nameBecomes(BEFORE);
    Caller caller = access.authenticate(credential);
    nameBecomes(AFTER);
    List<String> first = names(caller, home.id());
    assertThat(names(caller, home.id())).as("the next deed").containsExactly(AFTER);
    return first.equals(List.of(BEFORE));
  }

  /** On a slow machine the moment may be over before the deed begins, but not each time. */
  private static void untilNobodyWasSlow(Callable<Boolean> attempt) throws Exception {
    for (int i = 0; i < ATTEMPTS; i++) {
      if (Claims.onAThreadOfItsOwn(attempt)) {
        return;
      }
    }
    fail("the rights were asked again at each of " + ATTEMPTS + " attempts");
  }

  private Credential token() {
    return Claims.token(home.token());
  }

  private Caller login() {
    return access.authenticate(token());
  }

  private List<String> names(Caller caller, OrganizationId owner) {
    return access.entitlement(caller, owner).names();
  }

  private void nameBecomes(String name) throws SQLException {
    assertThat(
            book.change(
                "update organization set names = array[?] where id = ?", name, home.id().value()))
        .isOne();
  }
}
