package io.chancery;

import java.util.function.Supplier;

/**
 * Whose rows the database shows to this thread. It stands under the checks of access: a deed that
 * forgets to ask whose a row is finds none that is another's.
 *
 * <p>A request begins with {@link #NOBODY} and goes on with that of its caller. A thread that
 * serves no request is the authority's own (a job, a feed, the start) and sees all. A transaction
 * keeps the scope in which it first spoke to the database, so a scope is chosen before it begins.
 *
 * @param organization an organization's name; empty for none, {@code *} for all
 */
public record Scope(String organization) {
  /** Nothing that has an owner is shown. */
  public static final Scope NOBODY = new Scope("");

  /** Everything is. */
  public static final Scope ALL = new Scope("*");

  private static final ThreadLocal<Scope> OF_THREAD = ThreadLocal.withInitial(() -> ALL);

  /** Why a deed of a limited caller looks at what belongs to others. */
  public enum Across {
    /** Whoever calls is not known yet, so neither is the organization. */
    WHO_CALLS,
    /** The limits of all organizations are read at once, when one of them has been changed. */
    ALL_LIMITS,
    /** Policies, and the texts of profiles and issuers that were approved, bind everybody. */
    APPROVED_TEXTS,
    /** Whoever signed an approval may belong to another organization. */
    WHO_APPROVED,
    /** A key that is known to others is known to them wherever it is certified. */
    COMPROMISED_KEY
  }

  /** What this thread's next transaction sees. */
  public static Scope current() {
    return OF_THREAD.get();
  }

  /** The rows of one organization. */
  public static Scope of(OrganizationId organization) {
    return new Scope(organization.value());
  }

  /** All of them for a caller who reads for the authority, else those of its own. */
  public static Scope of(Caller caller) {
    return caller.readsAll() ? ALL : of(caller.organization());
  }

  /** What this thread sees from now on: the doors' word, who run each request on its own thread. */
  public static void begin(Scope scope) {
    OF_THREAD.set(scope);
  }

  /** Runs {@code deed} in this scope, and comes back to the one before. */
  public <T> T during(Supplier<T> deed) {
    Scope before = OF_THREAD.get();
    OF_THREAD.set(this);
    try {
      return deed.get();
    } finally {
      OF_THREAD.set(before);
    }
  }

  /**
   * The one way for a limited caller's deed to look at what belongs to others. Each use has a name
   * in {@link Across} and a line in docs/adr/0009-row-security.md.
   */
  public static <T> T across(Across why, Supplier<T> deed) {
    return ALL.during(deed);
  }
}
