package io.chancery.warrant;

/**
 * One person's signed word on a proposal.
 *
 * @param jws the detached signature over {@link Statement#octets} of these terms and parts
 */
public record Endorsement(Verdict verdict, String person, String comment, String jws) {
  /** The signer; {@code Malformed} where the signature is not over this. */
  public DetachedJws.Signed verify(Terms terms) {
    return DetachedJws.verify(jws, new Statement(terms, verdict, person, comment).octets());
  }
}
