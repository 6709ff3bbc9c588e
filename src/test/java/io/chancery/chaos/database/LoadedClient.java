package io.chancery.chaos.database;

import io.chancery.kill.Hands;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.Pem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Issues, renews, revokes and searches; sends the same again until it is answered, and keeps what
 * it was given. Down is a 503, or a 429; whatever else is not 2xx is wrong.
 */
final class LoadedClient implements Runnable {
  private static final long LONGEST = Duration.ofSeconds(15).toNanos();

  private final String name;
  private final Tenant.Home home;
  private final Http operator;
  private final Hands hands;
  private final RandomGenerator random;
  private final BooleanSupplier goOn;
  private final AtomicLong newestIssued;
  private final List<Tenant.Holder> held = new ArrayList<>();
  private int count;
  int refused;

  LoadedClient(
      String name,
      Tenant.Home home,
      Http operator,
      Hands hands,
      RandomGenerator random,
      BooleanSupplier goOn,
      AtomicLong newestIssued) {
    this.name = name;
    this.home = home;
    this.operator = operator;
    this.hands = hands;
    this.random = random;
    this.goOn = goOn;
    this.newestIssued = newestIssued;
  }

  @Override
  public void run() {
    while (goOn.getAsBoolean()) {
      switch (held.isEmpty() ? 0 : random.nextInt(10)) {
        case 0, 1, 2, 3, 4 -> issue();
        case 5, 6 -> renew(held.get(random.nextInt(held.size())));
        case 7 -> revoke(held.remove(random.nextInt(held.size())));
        default -> search();
      }
    }
  }

  private void issue() {
    String key = name + "-" + ++count;
    Csrs.Made made = Csrs.ec("").dns(key + ".internal.test").build();
    keep(
        key,
        made,
        () ->
            home.http()
                .post(
                    "/v1/certificates",
                    Map.of("profile", "tls-client", "csr", made.pem()),
                    "Idempotency-Key",
                    key));
  }

  private void renew(Tenant.Holder old) {
    String key = name + "-" + ++count;
    Csrs.Made made =
        Csrs.ec("").dns(old.certificate().names().getFirst().text().substring(4)).build();
    keep(
        key,
        made,
        () ->
            old.http()
                .post(old.path() + "/renewal", Map.of("csr", made.pem()), "Idempotency-Key", key));
  }

  private void keep(String key, Csrs.Made made, Supplier<Http.Answer> request) {
    long asked = System.nanoTime();
    // One in eight walks away at the first trouble: nobody knows what becomes of its request.
    Optional<Http.Answer> answer = answered(request, random.nextInt(8) == 0 ? 1 : 1_000);
    if (answer.isEmpty()) {
      hands.abandon(key, made.csr().key().thumbprint().hex());
      return;
    }
    Tenant.Holder holder = Tenant.Holder.of(home, made.pair(), answer.get());
    hands.hold(key, Hands.Held.of(holder.certificate()));
    held.add(holder);
    newestIssued.accumulateAndGet(asked, Math::max);
    if (random.nextInt(4) == 0) {
      Http.Answer again = answered(request, 1_000).orElseThrow();
      hands.hold(key, Hands.Held.of(certificate(again)));
    }
  }

  private void revoke(Tenant.Holder one) {
    answered(
        () ->
            operator.post(
                one.path() + "/revocation",
                Map.of("reason", "superseded"),
                "Idempotency-Key",
                "revoke-" + one.serial()),
        1_000);
    hands.revoked(one.serial());
  }

  private void search() {
    answered(() -> operator.get("/v1/certificates?limit=20"), 1_000);
  }

  private Optional<Http.Answer> answered(Supplier<Http.Answer> request, int times) {
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      Http.Answer answer = request.get();
      if (System.nanoTime() - start > LONGEST) {
        throw new AssertionError("answered too late: " + answer.status() + " " + answer.text());
      }
      if (answer.status() / 100 == 2) {
        return Optional.of(answer);
      }
      if (answer.status() != 503 && answer.status() != 429) {
        throw new AssertionError(answer.status() + " " + answer.text());
      }
      if (answer.raw().headers().firstValue("Retry-After").isEmpty()) {
        throw new AssertionError("no Retry-After: " + answer.text());
      }
      refused++;
      LockSupport.parkNanos(Duration.ofMillis(random.nextInt(30, 250)).toNanos());
    }
    return Optional.empty();
  }

  private static IssuedCertificate certificate(Http.Answer answer) {
    return IssuedCertificate.parse(
        Pem.decodeOne(Pem.CERTIFICATE, answer.json().get("certificate").asText()));
  }
}
