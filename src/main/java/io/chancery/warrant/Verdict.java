package io.chancery.warrant;

/** What a person says with a signature. The names stand in what was signed. */
public enum Verdict {
  /** It shall be done. */
  APPROVE,
  /** It shall be done now, on this one person's word. */
  BREAK_GLASS,
  /** It was done on one person's word, and this other person has looked at it since. */
  REVIEW
}
