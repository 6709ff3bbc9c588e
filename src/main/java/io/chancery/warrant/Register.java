package io.chancery.warrant;

import java.util.Optional;

/** Knows whose certificates these are. */
public interface Register {
  /**
   * The person behind the signer's certificate: one of this authority, in force when it signed, of
   * somebody who may say this on these terms. Empty for everyone else.
   */
  Optional<String> person(DetachedJws.Signed signed, Endorsement said, Terms terms);
}
