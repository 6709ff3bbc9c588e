package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Scope;
import io.chancery.access.Access;
import io.chancery.access.Credential;
import io.chancery.access.Logins;
import io.chancery.enrolment.Answer;
import io.chancery.enrolment.Enrolment;
import io.chancery.enrolment.EnrolmentRequest;
import io.chancery.enrolment.SignedNow;
import io.chancery.inventory.Entry;
import io.chancery.inventory.Inventory;
import io.chancery.profile.ProfileName;
import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Meeting;
import io.chancery.testing.OwnRequests;
import io.chancery.testing.Routes;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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
  private static final int ATTEMPTS = 20;

  @Inject Access access;
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
    Answer answer = onAClaim(() -> {}, caller -> ask(caller, "before.internal.test"));
    assertThat(answer).isInstanceOf(Answer.Given.class);
  }

  @Test
  void whoWasSuspendedGetsNothing() {
    assertThatThrownBy(
            () ->
                onAClaim(
                    () -> tenants.suspend(home, BEFORE),
                    caller -> ask(caller, "before.internal.test")))
        .isInstanceOfSatisfying(
            PkiException.class, refused -> assertThat(refused.getMessage()).contains("suspended"));
    assertThat(issued()).isZero();
    assertThat(reserved()).isZero();
  }

  @Test
  void whatWasTakenAwayIsNotGiven() {
    assertThatThrownBy(
            () -> onAClaim(() -> namesBecome(AFTER), caller -> ask(caller, "before.internal.test")))
        .isInstanceOfSatisfying(
            PkiException.class,
            refused -> assertThat(refused.failure()).isInstanceOf(Failure.Refused.class));
    assertThat(issued()).isZero();
    assertThat(reserved()).isZero();
  }

  @Test
  void whatWasGivenSinceIsNotRefused() throws Exception {
    Answer answer =
        onAClaim(() -> namesBecome(AFTER), caller -> ask(caller, "after.internal.test"));
    assertThat(answer).isInstanceOf(Answer.Given.class);
  }

  @Test
  void whoeverMustShowACertificateBesideItByNowGetsNothing() {
    assertThatThrownBy(() -> onAClaim(this::bind, caller -> ask(caller, "before.internal.test")))
        .isInstanceOfSatisfying(
            PkiException.class,
            refused -> {
              assertThat(refused.failure()).isInstanceOf(Failure.Unauthenticated.class);
              assertThat(refused.getMessage()).contains("bound to another client certificate");
            });
    assertThat(issued()).isZero();
    assertThat(reserved()).isZero();
  }

  /** Neither why it would be refused, nor what is wrong with what it sent. */
  @Test
  void whoIsNoCallerAnyMoreIsToldThatAndNothingElse() throws SQLException {
    assertUnauthenticated(caller -> ask(caller, "bank.example"));
    assertUnauthenticated(
        caller -> {
          enrolment.refused(caller, new Failure.Malformed("csr", "", "is none", "PKCS #10"));
          return true;
        });
  }

  /** One that does not stand harms nobody else's group. */
  @Test
  void whatIsSignedIsRecordedBesideIt() throws Exception {
    Caller caller = logins.authenticate(token(home.token()), "127.0.0.1");
    Scope scope = Scope.of(caller);
    for (int i = 0; i < ATTEMPTS; i++) {
      Inventory.Signed signed = signing.sign(request(caller, "before.internal.test"));
      Meeting.Met met =
          meeting.of(
              new OwnRequests("claimed"),
              signed,
              scope,
              () -> entry(ask(claimedInScope(), "before.internal.test")),
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
  void onlyWhatAnybodyMayUseAnyNumberOfTimesIsClaimed() throws Exception {
    assertThat(isClaimed(token(home.token()))).isTrue();
    assertThat(isClaimed(token(tenants.token(home, Tenant.TokenTerms.uses(2))))).isFalse();
    assertThat(
            isClaimed(
                new Credential.BearerToken(
                    new Credential.Secret(home.token()), Optional.of("a-key-of-its-own"))))
        .isFalse();
    logins.authenticate(token(home.token()), "127.0.0.1");
    assertThat(logins.claimed(token(home.token()), "127.0.0.1")).isNotNull();
    assertThat(isUnderWay()).as("on a thread that serves many").isFalse();
  }

  /** A route that does not confirm would believe. */
  @Test
  void theRoutesThatTakeThem() {
    assertThat(Routes.all().stream().filter(Routes.Route::confirmsLogin).map(Routes.Route::line))
        .hasSize(2)
        .allMatch(line -> line.startsWith("POST   /v1/certificates  "));
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

  private void assertUnauthenticated(Deed<?> deed) throws SQLException {
    PkiException told =
        catchThrowableOfType(PkiException.class, () -> onAClaim(this::revoke, deed));
    assertThat(told.failure()).isInstanceOf(Failure.Unauthenticated.class);
    assertThat(told.getMessage()).contains("was revoked at");
    unrevoke();
  }

  private interface Deed<T> {
    T by(Caller caller);
  }

  private interface Change {
    void happens() throws SQLException;
  }

  /** What the deed comes to where the book changes between the claim and the deed. */
  private <T> T onAClaim(Change change, Deed<T> deed) throws Exception {
    return onAThreadOfItsOwn(
        () -> {
          Caller caller = claimedInScope();
          change.happens();
          return deed.by(caller);
        });
  }

  /** On a slow machine the moment may be over, but not each time. */
  private Caller claimedInScope() {
    Credential credential = token(home.token());
    for (int i = 0; i < ATTEMPTS; i++) {
      logins.authenticate(credential, "127.0.0.1");
      Caller caller = logins.claimed(credential, "127.0.0.1");
      if (isUnderWay()) {
        logins.claimed(credential, "127.0.0.1");
        Scope.begin(Scope.of(caller));
        return caller;
      }
    }
    throw new AssertionError("no claim in " + ATTEMPTS + " attempts");
  }

  private boolean isClaimed(Credential credential) throws Exception {
    return onAThreadOfItsOwn(
        () -> {
          logins.authenticate(credential, "127.0.0.1");
          logins.claimed(credential, "127.0.0.1");
          return isUnderWay();
        });
  }

  /** Takes the claim, and so leaves none. */
  private boolean isUnderWay() {
    return access.confirming(Optional::isPresent);
  }

  private static Credential.BearerToken token(String secret) {
    return new Credential.BearerToken(new Credential.Secret(secret), Optional.empty());
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

  private static <T> T onAThreadOfItsOwn(Callable<T> deed) throws Exception {
    FutureTask<T> task = new FutureTask<>(deed);
    Thread.ofVirtual().start(task);
    try {
      return task.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof Exception known ? known : failed;
    }
  }
}
