package io.chancery.hsm;

import iaik.pkcs.pkcs11.wrapper.PKCS11;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.hsm.crew.Breaker;
import io.chancery.hsm.crew.Crew;
import io.chancery.hsm.crew.Share;
import io.chancery.hsm.crew.Terms;
import io.chancery.x509.KeyId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One token at work: its connection, the crew that works at it, the breaker in front of both, and a
 * watch that writes off who hangs and tries whether a token that was away is back.
 */
final class Token implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Token.class.getName());
  private static final Duration GLANCE = Duration.ofMillis(50);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final HsmConfig config;
  private final Breaker breaker;
  private final TokenConnection connection;
  private final Crew<Seat> crew;
  private final Thread watch;
  private volatile boolean closed;
  private volatile boolean asking;
  private volatile boolean doubtful;
  private long inspected = System.nanoTime();
  private boolean told;

  Token(
      HsmConfig config,
      Supplier<List<Pkcs11Key>> used,
      BooleanSupplier mayRestart,
      InstantSource clock) {
    this.config = config;
    this.breaker = new Breaker("the token with " + config.token().words(), clock);
    Pkcs11Module module = Pkcs11Module.of(config.modules(), config.environment());
    KeyGuard guard = new KeyGuard(config, used);
    this.connection = new TokenConnection(module, config, guard, breaker, mayRestart);
    this.crew =
        new Crew<>(
            terms(config),
            () -> new Seat(connection),
            new Crew.WriteOffs(connection::gone, connection::back));
    this.watch =
        Thread.ofPlatform()
            .daemon()
            .name("hsm-" + config.token().name() + "-watch")
            .unstarted(this::watch);
    watch.start();
  }

  /** Finds the token and tells its mechanisms; refuses in words what the operator must mend. */
  Set<Long> open() {
    try {
      return connection.module().call(this::open);
    } catch (PKCS11Exception problem) {
      throw Seat.unavailable(problem);
    }
  }

  /** Work that anybody waits for; refused at once while the token is away. */
  <T> T call(Share share, Duration patience, Function<Seat, T> work) {
    breaker.pass();
    return crew.call(share, patience, config.callLimit(), work);
  }

  /** A signature, where this token has the right key for it. */
  byte[] sign(Share share, KeyId key, Function<Seat, byte[]> work) {
    connection.guard().pass(key);
    return call(share, config.patience(), work);
  }

  /** Has the key sign once before it is used; one that does not fit is refused in words. */
  void prove(Pkcs11Key key) {
    Optional<String> wrong =
        call(
            Share.RECORDS,
            config.patience(),
            seat -> seat.persist((c, s) -> connection.guard().trouble(c, s, key)));
    if (wrong.isPresent()) {
      throw new Failure.Misconfigured(
              config.file().toString(),
              wrong.get(),
              "check which token this is, and who had it; the key is not used")
          .thrown();
    }
  }

  /** The keys in use are not the ones that it was asked for the last time. */
  void inspectSoon() {
    doubtful = true;
  }

  /** It could not be opened: from now on it is tried whether it can. */
  void isAway(String reason) {
    breaker.trip(reason);
  }

  /** The same for work that may take its time. */
  <T> T callAtLength(Duration patience, Function<Seat, T> work) {
    breaker.pass();
    return crew.call(Share.RECORDS, patience, patience, work);
  }

  /** Asks the token whether it works, in its own words where it does not. */
  Optional<String> ask() {
    if (!works()) {
      return standing().trouble();
    }
    try {
      // Reading a key of the token goes all the way to it; a session alone may outlive it.
      call(
          Share.RECORDS,
          config.patience(),
          seat -> seat.persist((c, s) -> KeyScan.all(config, c, s).size()));
    } catch (PkiException trouble) {
      if (!(trouble.failure() instanceof Failure.Busy)) {
        return Optional.of(trouble.failure().detail());
      }
    }
    return standing().trouble();
  }

  /** What is known of it without asking. */
  TokenStanding standing() {
    Optional<Breaker.Trip> trip = breaker.open();
    int hung = crew.hung();
    List<String> troubles = new ArrayList<>();
    trip.map(Breaker.Trip::reason).ifPresent(troubles::add);
    connection.guard().trouble().ifPresent(troubles::add);
    if (hung > 0) {
      troubles.add(hangs(hung));
    }
    return new TokenStanding(
        words(),
        breaker.state(),
        troubles.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", troubles)),
        trip.map(Breaker.Trip::since),
        hung,
        crew.isWorn());
  }

  TokenConnection connection() {
    return connection;
  }

  Crew<Seat> crew() {
    return crew;
  }

  String words() {
    return connection
        .known()
        .map(token -> "token " + token.words() + " of " + token.model())
        .orElseGet(() -> "token with " + config.token().words());
  }

  HsmConfig config() {
    return config;
  }

  boolean works() {
    return breaker.open().isEmpty();
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(watch);
    crew.close();
    connection.close();
  }

  private Set<Long> open(PKCS11 cryptoki) throws PKCS11Exception {
    connection.mustFind(cryptoki);
    Tokens.Found token = connection.token(cryptoki);
    Set<Long> mechanisms = new HashSet<>();
    for (long mechanism : cryptoki.C_GetMechanismList(token.slot())) {
      mechanisms.add(mechanism);
    }
    return mechanisms;
  }

  /** Looks all the time, and never goes into the library itself. */
  private void watch() {
    while (!closed) {
      LockSupport.parkNanos(GLANCE.toNanos());
      try {
        glance(System.nanoTime());
      } catch (RuntimeException | OutOfMemoryError bug) {
        // Without its watch a token that went away would never be found again.
        LOG.log(System.Logger.Level.ERROR, "the watch over the " + words() + " stumbled", bug);
      }
    }
  }

  private void glance(long now) {
    if (crew.look(now)) {
      breaker.trip("every call into its library hangs");
    }
    Optional<Breaker.Trip> trip = breaker.open();
    if (trip.isPresent() && !told) {
      crew.refuseWaiting(trip.get().reason());
    }
    told = trip.isPresent();
    if (!crew.isWorn() && breaker.wantsProbe(now)) {
      send(this::probe, breaker::probed);
    } else if (!told && !asking && mustInspect(now - inspected)) {
      inspected = now;
      asking = true;
      doubtful = false;
      send(this::inspect, () -> asking = false);
    }
  }

  private boolean mustInspect(long since) {
    return doubtful || (connection.guard().trouble().isPresent() && since > AGAIN.toNanos());
  }

  private void send(Consumer<Seat> work, Runnable then) {
    try {
      crew.send(Share.RECORDS, config.patience(), work, then);
    } catch (PkiException fullOrClosed) {
      then.run();
    }
  }

  /** In a session of its own: the token is looked for, logged in, and its keys sign. */
  private void probe(Seat seat) {
    seat.close();
    inspect(seat);
    breaker.close();
  }

  private void inspect(Seat seat) {
    seat.persist(
        (cryptoki, session) -> {
          connection.guard().inspect(cryptoki, session);
          return session;
        });
  }

  private static String hangs(int hung) {
    return hung
        + (hung == 1 ? " call hangs" : " calls hang")
        + " inside the library, which cannot be initialized again until they come back";
  }

  private static Terms terms(HsmConfig config) {
    return new Terms(
        config.token().name(),
        config.sessions(),
        Map.of(
            Share.ISSUANCE, config.queue(),
            Share.RECORDS, config.crlQueue(),
            Share.STATUS, config.statusQueue()),
        config.patience(),
        config.callLimit(),
        Math.max(4, 2 * config.sessions()));
  }
}
