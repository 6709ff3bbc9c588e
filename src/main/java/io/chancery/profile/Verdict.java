package io.chancery.profile;

/** What one rule says to one request. */
public sealed interface Verdict {
  /** The rule's name, for the person who reads the answer. */
  String rule();

  /** The rule has nothing against it. */
  record Accepted(String rule) implements Verdict {}

  /** The rule says no: why, and what would help. */
  record Refused(String rule, String reason, String remedy) implements Verdict {}
}
