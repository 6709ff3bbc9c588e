package io.chancery.ocsp;

import io.chancery.issuance.CertIdStem;
import java.util.List;

/**
 * Answers what is not on the shelf; may wait for a database or a token, so never on an event loop.
 * One signs from the book ({@link Responder}); a status node has neither.
 */
public interface OcspDesk {
  /** The issuers that questions are answered about, under each hash. */
  List<CertIdStem> stems();

  /**
   * The answer to a request that could be read; throws {@link io.chancery.PkiException} where the
   * answer is one of the protocol's errors.
   */
  Answer answer(OcspRequest request);
}
