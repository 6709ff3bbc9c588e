package io.chancery.hsm;

import iaik.pkcs.pkcs11.wrapper.PKCS11;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.hsm.crew.Post;
import io.chancery.x509.KeyId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One thread's place at the token: its session, and the objects it has found there. A session that
 * answered with an error is closed and never used again: network HSMs leave the failed operation
 * active in it for ever.
 */
final class Seat implements Post {
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final TokenConnection connection;
  private final Map<KeyId, Long> handles = new HashMap<>();
  private Optional<TokenConnection.Session> session = Optional.empty();
  private Optional<FoundKey> sought = Optional.empty();
  private BooleanSupplier abandoned = () -> false;

  Seat(TokenConnection connection) {
    this.connection = connection;
  }

  /** Something done in an open session of the logged-in user. */
  interface Work<T> {
    T on(PKCS11 cryptoki, long session) throws PKCS11Exception;
  }

  @Override
  public void abandoned(BooleanSupplier nobodyWaits) {
    abandoned = nobodyWaits;
  }

  /**
   * Does work that may be done again: after an error once more, in another session where the error
   * says so, then once in a newly initialized module, then gives up as {@code Unavailable}, and
   * nobody else tries before a probe has been well.
   */
  <T> T persist(Work<T> work) {
    Fault fault;
    try {
      return visit(work);
    } catch (PKCS11Exception first) {
      fault = mustMayPass(first);
    }
    long epoch = connection.module().epoch();
    if (fault != Fault.MODULE) {
      try {
        return visit(work);
      } catch (PKCS11Exception second) {
        mustMayPass(second);
        if (!connection.mayRestart()) {
          throw gaveUp(second);
        }
      }
    }
    try {
      connection.restart(epoch);
      return visit(work);
    } catch (PKCS11Exception third) {
      throw Fault.of(third) == Fault.REQUEST ? unavailable(third) : gaveUp(third);
    }
  }

  /** Does work that must not be done twice, such as making a key. */
  <T> T once(Work<T> work) {
    try {
      return visit(work);
    } catch (PKCS11Exception problem) {
      throw unavailable(problem);
    }
  }

  /** The private key's handle in this session. */
  long handle(PKCS11 cryptoki, long current, FoundKey key) throws PKCS11Exception {
    Long known = handles.get(key.id());
    if (known == null) {
      sought = Optional.of(key);
      known = connection.guard().find(cryptoki, current, key);
      sought = Optional.empty();
      handles.put(key.id(), known);
    }
    return known;
  }

  /** Leaves the table. */
  @Override
  public void close() {
    session.ifPresent(connection::close);
    forget();
  }

  static PkiException unavailable(PKCS11Exception problem) {
    return new Failure.Unavailable("HSM", "it answered " + Ckr.name(problem), RETRY)
        .because(problem);
  }

  private <T> T visit(Work<T> work) throws PKCS11Exception {
    return connection
        .module()
        .call(
            cryptoki -> {
              try {
                return work.on(cryptoki, current(cryptoki));
              } catch (PKCS11Exception failed) {
                spoilt(failed);
                throw failed;
              } catch (RuntimeException failed) {
                close();
                throw failed;
              }
            });
  }

  private void spoilt(PKCS11Exception failed) {
    if (Fault.of(failed) == Fault.HANDLE && !handles.isEmpty()) {
      handles.clear();
      return;
    }
    close();
  }

  private long current(PKCS11 cryptoki) throws PKCS11Exception {
    if (session.filter(connection::isCurrent).isEmpty()) {
      forget();
      session = Optional.of(connection.open(cryptoki));
    }
    return session.get().handle();
  }

  private void forget() {
    session = Optional.empty();
    handles.clear();
  }

  /** What is not worth another try is over here, and so is what nobody waits for. */
  private Fault mustMayPass(PKCS11Exception problem) {
    Fault fault = Fault.of(problem);
    if (fault == Fault.REQUEST) {
      throw unavailable(problem);
    }
    if (abandoned.getAsBoolean()) {
      throw gaveUp(problem);
    }
    return fault;
  }

  /** A token that works and lacks one key is not away. */
  private PkiException gaveUp(PKCS11Exception problem) {
    Optional<FoundKey> lacked = sought;
    sought = Optional.empty();
    if (lacked.isPresent() && Fault.of(problem) == Fault.HANDLE) {
      return connection.guard().missing(lacked.get());
    }
    PkiException away = unavailable(problem);
    connection.breaker().trip("it answered " + Ckr.name(problem));
    return away;
  }
}
