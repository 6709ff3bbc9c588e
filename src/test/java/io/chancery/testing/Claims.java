package io.chancery.testing;

import io.chancery.Caller;
import io.chancery.Scope;
import io.chancery.access.Access;
import io.chancery.access.Credential;
import io.chancery.access.Logins;
import io.chancery.inventory.Transactions;
import io.chancery.inventory.sql.Sql;
import io.chancery.inventory.sql.Trip;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Requests that come in on a claim to what the book said of a token a moment ago. */
@ApplicationScoped
public class Claims {
  private static final String ADDRESS = "127.0.0.1";
  private static final int ATTEMPTS = 20;

  @Inject Access access;
  @Inject Logins logins;
  @Inject Transactions transactions;
  @Inject Sql sql;

  /** What a caller does. */
  public interface Deed<T> {
    T by(Caller caller);
  }

  /** What becomes of the book. */
  public interface Change {
    void happens() throws SQLException;
  }

  /** What the deed comes to where the book changes between the claim and the deed. */
  public <T> T on(Tenant.Home home, Change change, Deed<T> deed) throws Exception {
    return onAThreadOfItsOwn(
        () -> {
          Caller caller = come(home);
          change.happens();
          return deed.by(caller);
        });
  }

  /** This thread, a virtual one, serves a request on a claim. */
  public Caller come(Tenant.Home home) {
    Credential credential = token(home.token());
    // On a slow machine the moment may be over, but not each time.
    for (int i = 0; i < ATTEMPTS; i++) {
      logins.authenticate(credential, ADDRESS);
      Caller caller = logins.claimed(credential, ADDRESS);
      if (isUnderWay()) {
        logins.claimed(credential, ADDRESS);
        Scope.begin(Scope.of(caller));
        return caller;
      }
    }
    throw new AssertionError("no claim in " + ATTEMPTS + " attempts");
  }

  /** Whether a request with this credential, right after another, comes in on a claim. */
  public boolean isTaken(Credential credential) throws Exception {
    return onAThreadOfItsOwn(
        () -> {
          logins.authenticate(credential, ADDRESS);
          logins.claimed(credential, ADDRESS);
          return isUnderWay();
        });
  }

  /** Takes the claim, and so leaves none. */
  public boolean isUnderWay() {
    return access.confirming(Optional::isPresent);
  }

  /** In a transaction of its own. */
  public void confirm(Access.Claim claim) {
    transactions.run(
        () -> {
          Trip trip = sql.trip();
          access.confirm(List.of(claim), trip);
          trip.go();
        });
  }

  public static Credential.BearerToken token(String secret) {
    return new Credential.BearerToken(new Credential.Secret(secret), Optional.empty());
  }

  /** On a virtual thread, as a request is served. */
  public static <T> T onAThreadOfItsOwn(Callable<T> deed) throws Exception {
    FutureTask<T> task = new FutureTask<>(deed);
    Thread.ofVirtual().start(task);
    try {
      return task.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof Exception known ? known : failed;
    }
  }
}
