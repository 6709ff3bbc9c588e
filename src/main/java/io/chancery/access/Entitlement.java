package io.chancery.access;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What certificates may be asked for. Profiles by name, names by pattern; empty profiles mean every
 * profile for organizations. A certificate name must be covered by {@code names}, and by {@code
 * narrowed} where that is not empty.
 */
public record Entitlement(List<String> profiles, List<String> names, List<String> narrowed) {
  public Entitlement {
    profiles = List.copyOf(profiles);
    names = List.copyOf(names);
    narrowed = List.copyOf(narrowed);
  }

  /** This, taken as a narrowing of {@code whole}. */
  Entitlement within(Entitlement whole) {
    List<String> both =
        profiles.isEmpty()
            ? whole.profiles
            : whole.profiles.isEmpty()
                ? profiles
                : profiles.stream().filter(whole.profiles::contains).toList();
    if (both.isEmpty() && !profiles.isEmpty()) {
      throw new Failure.Forbidden(
              "using this token", "a profile that its organization is still allowed")
          .thrown();
    }
    return new Entitlement(both, whole.names, names);
  }

  /**
   * What the login of a request has read of its caller's own rights: who calls and what they may is
   * one question. It is good for one deed of the same request, and for a moment: nothing is
   * remembered from one request to another.
   */
  static final class AtLogin {
    /** Whoever took longer since the login asks again: the rest of a body may come slowly. */
    private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(250);

    private static final ThreadLocal<Read> OF_REQUEST = new ThreadLocal<>();

    private record Read(Caller caller, Supplier<Entitlement> rights, long asked) {
      boolean isOf(Caller by, OrganizationId owner) {
        return caller.equals(by)
            && caller.organization().equals(owner)
            && System.nanoTime() - asked < MOMENT;
      }
    }

    private AtLogin() {}

    /**
     * For {@link #take} on this thread, if it serves this request alone.
     *
     * @param rights may throw what asking for them would
     * @param asked when, by {@link System#nanoTime}
     */
    static void keep(Caller caller, Supplier<Entitlement> rights, long asked) {
      if (Thread.currentThread().isVirtual()) {
        OF_REQUEST.set(new Read(caller, rights, asked));
      }
    }

    /** Once; empty where the book must be asked. */
    static Optional<Entitlement> take(Caller caller, OrganizationId owner) {
      Read read = OF_REQUEST.get();
      OF_REQUEST.remove();
      return Optional.ofNullable(read)
          .filter(one -> one.isOf(caller, owner))
          .map(one -> one.rights().get());
    }
  }
}
