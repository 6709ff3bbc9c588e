package io.chancery.kill;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.testing.Csrs;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.Pem;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** A service that asks for one certificate after the other, a new key for each. */
public final class Client implements Runnable {
  private static final int REMEMBERED = 200;

  private final String name;
  private final Victim victim;
  private final Door door;
  private final Door administrator;
  private final String token;
  private final Hands hands;
  private final Diary diary;
  private final RandomGenerator random;
  private final BooleanSupplier goOn;
  private final List<Asked> before = new ArrayList<>();
  private volatile long interval;
  private int count;

  /** A request as it was sent, to be sent again. */
  private record Asked(String key, Csrs.Made made, HttpRequest request) {
    String publicKey() {
      return made.csr().key().thumbprint().hex();
    }
  }

  public Client(
      String name,
      Victim victim,
      Hands hands,
      Diary diary,
      RandomGenerator random,
      BooleanSupplier goOn) {
    this.name = name;
    this.victim = victim;
    this.door = Door.open(victim, diary);
    this.administrator = Door.asAdministrator(victim, diary);
    this.token = victim.data().readSecret(victim.data().enrolToken());
    this.hands = hands;
    this.diary = diary;
    this.random = random;
    this.goOn = goOn;
  }

  @Override
  public void run() {
    try {
      while (goOn.getAsBoolean()) {
        long next = System.nanoTime() + interval;
        askForOne();
        LockSupport.parkNanos(next - System.nanoTime());
        if (chance(10)) {
          repeatAnOldOne();
        }
      }
    } catch (AssertionError | RuntimeException unexpected) {
      diary.wrong.add(unexpected);
    }
  }

  /** From now on one certificate in this time, and no more. */
  public void pace(Duration between) {
    interval = between.toNanos();
  }

  private void askForOne() {
    Asked asked = newRequest();
    Optional<IssuedCertificate> issued =
        door.ask(asked.request(), patience(), diary::issued).map(Client::certificate);
    if (issued.isEmpty()) {
      hands.abandon(asked.key(), asked.publicKey());
      return;
    }
    hands.hold(asked.key(), Hands.Held.of(issued.get()));
    remember(asked);
    if (chance(10)) {
      revoke(issued.get().serial().hex());
    } else if (chance(5)) {
      renew(asked, issued.get());
    }
    if (chance(5)) {
      search(asked.key() + ".internal.test");
    }
  }

  private void repeatAnOldOne() {
    if (!before.isEmpty()) {
      Asked old = before.get(random.nextInt(before.size()));
      JsonNode again = door.ask(old.request(), Door.FOR_EVER).orElseThrow();
      hands.hold(old.key(), Hands.Held.of(certificate(again)));
      diary.repeats.increment();
    }
  }

  /** By the certificate itself; the new one has the same names. */
  private void renew(Asked old, IssuedCertificate one) {
    String key = "renew-" + old.key();
    Csrs.Made made = Csrs.ec("").dns(old.key() + ".internal.test").build();
    Door own = Door.as(victim, diary, old.made().pair().getPrivate(), one);
    HttpRequest request =
        own.request("/v1/certificates/" + one.serial().hex() + "/renewal")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString("{\"csr\":" + json(made.pem()) + "}"))
            .build();
    JsonNode answer = own.ask(request, Door.FOR_EVER, diary::issued).orElseThrow();
    hands.hold(key, Hands.Held.of(certificate(answer)));
    diary.renewals.increment();
  }

  private void search(String name) {
    administrator.ask(administrator.request("/v1/certificates?name=dns:" + name).build(), 1);
    diary.searches.increment();
  }

  private static String json(String text) {
    return '"' + text.replace("\n", "\\n") + '"';
  }

  private void revoke(String serial) {
    HttpRequest request =
        administrator
            .request("/v1/certificates/" + serial + "/revocation")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "revoke-" + serial)
            .POST(HttpRequest.BodyPublishers.ofString("{\"reason\":\"superseded\"}"))
            .build();
    administrator.ask(request, Door.FOR_EVER);
    hands.revoked(serial);
  }

  private Asked newRequest() {
    String key = name + "-" + ++count;
    Csrs.Made made = Csrs.ec("").dns(key + ".internal.test").build();
    HttpRequest request =
        door.request("/v1/certificates?profile=tls-peer")
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/pkcs10")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofByteArray(made.der()))
            .build();
    return new Asked(key, made, request);
  }

  private void remember(Asked asked) {
    if (before.size() < REMEMBERED) {
      before.add(asked);
    } else {
      before.set(random.nextInt(REMEMBERED), asked);
    }
  }

  /** One in four walks away at the first trouble or the second. */
  private int patience() {
    return chance(25) ? 1 + random.nextInt(2) : Door.FOR_EVER;
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private static IssuedCertificate certificate(JsonNode answer) {
    return IssuedCertificate.parse(
        Pem.decodeOne(Pem.CERTIFICATE, answer.get("certificate").asText()));
  }
}
