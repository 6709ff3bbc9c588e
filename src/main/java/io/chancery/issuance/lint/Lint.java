package io.chancery.issuance.lint;

import io.chancery.Quoted;
import java.util.Optional;

/** One rule of a standard, asked of a certificate before it is signed. Stateless. */
public abstract class Lint {
  private final String name;
  private final String clause;

  /**
   * @param name in kebab case, as the operator and the person who asked read it
   * @param clause the paragraph that the rule enforces
   */
  protected Lint(String name, String clause) {
    this.name = name;
    this.clause = clause;
  }

  public final String name() {
    return name;
  }

  public final String clause() {
    return clause;
  }

  /** What breaks the rule; empty where it holds. */
  public final Optional<String> found(Specimen it) {
    try {
      return breach(it);
    } catch (RuntimeException unreadable) {
      // BouncyCastle throws many kinds on odd encodings: what a rule cannot read does not pass it.
      return Optional.of("cannot be read: " + Quoted.of(String.valueOf(unreadable.getMessage())));
    }
  }

  /** The rule itself; may throw on what it cannot read. */
  protected abstract Optional<String> breach(Specimen it);
}
