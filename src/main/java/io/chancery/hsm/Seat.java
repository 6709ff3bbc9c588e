package io.chancery.hsm;

import iaik.pkcs.pkcs11.wrapper.PKCS11;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;
import io.chancery.Failure;
import io.chancery.PkiException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One thread's place at the token: its session, and the objects it has found there. A session that
 * answered with an error is closed and never used again: network HSMs leave the failed operation
 * active in it for ever.
 */
final class Seat implements AutoCloseable {
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final TokenConnection connection;
  private final Map<KeyReference, Long> handles = new HashMap<>();
  private Optional<TokenConnection.Session> session = Optional.empty();

  Seat(TokenConnection connection) {
    this.connection = connection;
  }

  /** Something done in an open session of the logged-in user. */
  interface Work<T> {
    T on(PKCS11 cryptoki, long session) throws PKCS11Exception;
  }

  /**
   * Does work that may be done again: after an error once in a new session, then once in a newly
   * initialized module, then gives up as {@code Unavailable}.
   */
  <T> T persist(Work<T> work) {
    try {
      return visit(work);
    } catch (PKCS11Exception first) {
      mustMayPass(first);
    }
    long epoch = connection.module().epoch();
    try {
      return visit(work);
    } catch (PKCS11Exception second) {
      mustMayPass(second);
    }
    try {
      connection.restart(epoch);
      return visit(work);
    } catch (PKCS11Exception third) {
      throw unavailable(third);
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
  long handle(PKCS11 cryptoki, long current, KeyReference key) throws PKCS11Exception {
    Long known = handles.get(key);
    if (known == null) {
      known = key.find(cryptoki, current);
      handles.put(key, known);
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
              } catch (PKCS11Exception | RuntimeException failed) {
                close();
                throw failed;
              }
            });
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

  private static void mustMayPass(PKCS11Exception problem) {
    if (!Ckr.mayPass(problem)) {
      throw unavailable(problem);
    }
  }
}
