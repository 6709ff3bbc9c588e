package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.Caller;
import io.chancery.access.Access;
import io.chancery.access.Credential;
import io.chancery.access.Logins;
import io.chancery.enrolment.Answer;
import io.chancery.enrolment.Enrolment;
import io.chancery.enrolment.EnrolmentRequest;
import io.chancery.profile.ProfileName;
import io.chancery.testing.Book;
import io.chancery.testing.Claims;
import io.chancery.testing.Csrs;
import io.chancery.testing.Routes;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which tokens a request may come in on before the book is asked, and on which routes. */
@QuarkusTest
@WithTestResource(World.class)
class WhatIsClaimedTest {
  @Inject Access access;
  @Inject Claims claims;
  @Inject Logins logins;
  @Inject Enrolment enrolment;
  @Inject Tenant tenants;
  @Inject Book book;

  private Tenant.Home home;

  @BeforeEach
  void enter() {
    home = tenants.fresh("dns:internal.test");
  }

  @Test
  void aTokenThatAnybodyMayUse() throws Exception {
    assertThat(claims.isTaken(Claims.token(home.token()))).isTrue();
    assertThat(claims.isTaken(Claims.token(withUses(2).token()))).isTrue();
  }

  @Test
  void noneWhoseAnswerMayHaveBeenGiven() throws Exception {
    assertThat(
            claims.isTaken(
                new Credential.BearerToken(
                    new Credential.Secret(home.token()), Optional.of("a-key-of-its-own"))))
        .isFalse();
  }

  @Test
  void noneOnAThreadThatServesMany() {
    logins.authenticate(Claims.token(home.token()), "127.0.0.1");
    assertThat(logins.claimed(Claims.token(home.token()), "127.0.0.1")).isNotNull();
    assertThat(claims.isUnderWay()).isFalse();
  }

  @Test
  void aUseIsCounted() throws Exception {
    Answer answer = claims.on(withUses(2), () -> {}, this::ask);
    assertThat(answer).isInstanceOf(Answer.Given.class);
    assertThat(usesLeft()).isOne();
  }

  /** It is seen where the claim is confirmed, so that no group fails for it again and again. */
  @Test
  void noneThatWasUsedUp() {
    assertThatThrownBy(
            () ->
                claims.on(
                    withUses(1),
                    () ->
                        book.change(
                            "update enrolment_token set uses_left = 0"
                                + " where organization = ? and uses_left is not null",
                            home.id().value()),
                    caller ->
                        access.confirming(
                            claim -> {
                              claim.ifPresent(claims::confirm);
                              return "done";
                            })))
        .hasMessageContaining("has no uses left");
  }

  /** A route that does not confirm would believe. */
  @Test
  void onTwoRoutes() {
    assertThat(Routes.all().stream().filter(Routes.Route::confirmsLogin).map(Routes.Route::line))
        .hasSize(2)
        .allMatch(line -> line.startsWith("POST   /v1/certificates  "));
  }

  private Tenant.Home withUses(int uses) {
    return new Tenant.Home(home.id(), tenants.token(home, Tenant.TokenTerms.uses(uses)));
  }

  private long usesLeft() {
    return book.number(
        "select uses_left from enrolment_token where organization = ? and uses_left is not null",
        home.id().value());
  }

  private Answer ask(Caller caller) {
    return enrolment.answer(
        new EnrolmentRequest(
            caller,
            home.id(),
            new ProfileName("tls-server"),
            Csrs.ec("").dns("a.internal.test").build().csr(),
            List.of(),
            Optional.empty(),
            "",
            Optional.empty(),
            Optional.empty()));
  }
}
