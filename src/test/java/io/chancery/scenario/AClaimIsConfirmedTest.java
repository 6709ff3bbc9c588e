package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Scope;
import io.chancery.access.Access;
import io.chancery.access.Logins;
import io.chancery.enrolment.Answer;
import io.chancery.enrolment.Enrolment;
import io.chancery.enrolment.EnrolmentRequest;
import io.chancery.enrolment.SignedNow;
import io.chancery.inventory.Entry;
import io.chancery.inventory.Inventory;
import io.chancery.profile.ProfileName;
import io.chancery.testing.Book;
import io.chancery.testing.Claims;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Meeting;
import io.chancery.testing.OwnRequests;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who calls by a token that the book knew a moment ago is asked in the deed's transaction. The book
 * is changed between the two: nothing is issued on what it said before, and nobody refused.
 */
@QuarkusTest
@WithTestResource(World.class)
class AClaimIsConfirmedTest {
  private static final String BEFORE = "dns:before.internal.test";
  private static final String AFTER = "dns:after.internal.test";
  private static final int ATTEMPTS = 10;

  @Inject Access access;
  @Inject Claims claims;
  @Inject Logins logins;
  @Inject Enrolment enrolment;
  @Inject SignedNow signing;
  @Inject Meeting meeting;
  @Inject Tenant tenants;
  @Inject Book book;

  private Tenant.Home home;

  @BeforeEach
  void enter() {
    home = tenants.fresh(BEFORE);
  }

  @Test
  void oneThatStandsIsServed() throws Exception {
    Answer answer = claims.on(home, () -> {}, caller -> ask(caller, "before.internal.test"));
    assertThat(answer).isInstanceOf(Answer.Given.class);
  }

  @Test
  void whoWasSuspendedGetsNothing() {
    assertUnauthenticated(() -> tenants.suspend(home, BEFORE), this::askBefore, "suspended");
  }

  @Test
  void whatWasTakenAwayIsNotGiven() {
    assertThatThrownBy(
            () ->
                claims.on(
                    home, () -> namesBecome(AFTER), caller -> ask(caller, "before.internal.test")))
        .isInstanceOfSatisfying(
            PkiException.class,
            refused -> assertThat(refused.failure()).isInstanceOf(Failure.Refused.class));
    assertThat(issued()).isZero();
    assertThat(reserved()).isZero();
  }

  @Test
  void whatWasGivenSinceIsNotRefused() throws Exception {
    Answer answer =
        claims.on(home, () -> namesBecome(AFTER), caller -> ask(caller, "after.internal.test"));
    assertThat(answer).isInstanceOf(Answer.Given.class);
  }

  @Test
  void whoeverMustShowACertificateBesideItByNowGetsNothing() {
    assertUnauthenticated(this::bind, this::askBefore, "bound to another client certificate");
  }

  /** Neither why it would be refused, nor what is wrong with what it sent. */
  @Test
  void whoIsNoCallerAnyMoreIsToldThatAndNothingElse() throws SQLException {
    assertUnauthenticated(this::revoke, caller -> ask(caller, "bank.example"), "was revoked at");
    unrevoke();
    assertUnauthenticated(
        this::revoke,
        caller -> {
          enrolment.refused(caller, new Failure.Malformed("csr", "", "is none", "PKCS #10"));
          return true;
        },
        "was revoked at");
  }

  /** A group that failed may have asked before. */
  @Test
  void whatStoodBeforeIsAskedAgain() {
    assertUnauthenticated(
        () -> {},
        caller ->
            access.confirming(
                claim -> {
                  claim.ifPresent(claims::confirm);
                  tenants.suspend(home, BEFORE);
                  claim.ifPresent(claims::confirm);
                  return "done";
                }),
        "suspended");
  }

  /** One that does not stand harms nobody else's group. */
  @Test
  void whatIsSignedIsRecordedBesideIt() throws Exception {
    Caller caller = logins.authenticate(Claims.token(home.token()), "127.0.0.1");
    Scope scope = Scope.of(caller);
    for (int i = 0; i < ATTEMPTS; i++) {
      Inventory.Signed signed = signing.sign(request(caller, "before.internal.test"));
      Meeting.Met met =
          meeting.of(
              new OwnRequests("claimed"),
              signed,
              scope,
              () -> entry(ask(claims.come(home), "before.internal.test")),
              holder -> {
                tenants.suspend(home, BEFORE);
                holder.rollback();
              });
      assertThat(met.recorded().join().serial()).isEqualTo(signed.reservation().serial());
      assertThat(met.intended()).isCompletedExceptionally();
      if (met.intended().exceptionNow() instanceof PkiException told
          && told.failure() instanceof Failure.Unauthenticated) {
        assertThat(reserved()).isZero();
        return;
      }
      tenants.resume(home, BEFORE); // on a very slow machine it gives up its wait for the lock
    }
    throw new AssertionError("they never met in " + ATTEMPTS + " attempts");
  }

  @Test
  void overHttp() throws Exception {
    Http http = home.http();
    assertThat(post(http, "before.internal.test").status()).isEqualTo(201);
    assertThat(post(http, "before.internal.test").status()).isEqualTo(201);
    namesBecome(AFTER);
    assertThat(post(http, "after.internal.test").status()).isEqualTo(201);
    Problems.assertProblem("taken away", post(http, "before.internal.test"), 422);
    tenants.suspend(home, AFTER);
    Problems.assertProblem("suspended", post(http, "after.internal.test"), 401);
    tenants.resume(home, AFTER);
    assertThat(post(http, "after.internal.test").status()).isEqualTo(201);
    revoke();
    Problems.assertProblem("revoked", post(http, "after.internal.test"), 401);
    Problems.assertProblem("revoked, unreadable", unreadable(http), 401);
    assertThat(issued()).isEqualTo(4);
  }

  private void assertUnauthenticated(Claims.Change change, Claims.Deed<?> deed, String words) {
    PkiException told =
        catchThrowableOfType(PkiException.class, () -> claims.on(home, change, deed));
    assertThat(told).isNotNull();
    assertThat(told.failure()).isInstanceOf(Failure.Unauthenticated.class);
    assertThat(told.getMessage()).contains(words);
    assertThat(issued()).isZero();
    assertThat(reserved()).isZero();
  }

  private Answer askBefore(Caller caller) {
    return ask(caller, "before.internal.test");
  }

  private Answer ask(Caller caller, String name) {
    return enrolment.answer(request(caller, name));
  }

  private EnrolmentRequest request(Caller caller, String name) {
    return new EnrolmentRequest(
        caller,
        home.id(),
        new ProfileName("tls-server"),
        Csrs.ec("").dns(name).build().csr(),
        List.of(),
        Optional.empty(),
        "",
        Optional.empty(),
        Optional.empty());
  }

  private static Entry entry(Answer answer) {
    return ((Answer.Given) answer).entry();
  }

  private static Http.Answer post(Http http, String name) {
    return http.post(
        "/v1/certificates",
        Map.of("profile", "tls-server", "csr", Csrs.ec("").dns(name).build().pem()));
  }

  private static Http.Answer unreadable(Http http) {
    return http.post("/v1/certificates", Map.of("profile", "tls-server", "csr", "none"));
  }

  private void namesBecome(String name) throws SQLException {
    assertThat(
            book.change(
                "update organization set names = array[?] where id = ?", name, home.id().value()))
        .isOne();
  }

  private void revoke() throws SQLException {
    assertThat(
            book.change("update enrolment_token set revoked_at = now() where label = ?", label()))
        .isOne();
  }

  private void bind() throws SQLException {
    assertThat(
            book.change(
                "update enrolment_token set bound_to = repeat('a', 64) where label = ?", label()))
        .isOne();
  }

  private void unrevoke() throws SQLException {
    book.change("update enrolment_token set revoked_at = null where label = ?", label());
  }

  private String label() {
    return home.id() + "-token";
  }

  private long issued() {
    return book.number(
        "select count(*) from certificate where organization = ?", home.id().value());
  }

  private long reserved() {
    return book.number(
        "select count(*) from reservation where organization = ?", home.id().value());
  }
}
