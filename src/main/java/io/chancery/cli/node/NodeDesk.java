package io.chancery.cli.node;

import io.chancery.Failure;
import io.chancery.issuance.CertId;
import io.chancery.issuance.CertIdStem;
import io.chancery.ocsp.Answer;
import io.chancery.ocsp.AnswerShelf;
import io.chancery.ocsp.OcspDesk;
import io.chancery.ocsp.OcspRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A node signs nothing. Of a certificate whose answer is on its way it says tryLater; of what it
 * does not know, unauthorized (RFC 5019 s2.2.3: a responder that has only pre-produced answers).
 */
final class NodeDesk implements OcspDesk {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final AnswerShelf shelf;
  private final List<CertIdStem> stems = new CopyOnWriteArrayList<>();

  NodeDesk(AnswerShelf shelf) {
    this.shelf = shelf;
  }

  /** From now on questions about this issuer are read. */
  void add(CertIdStem stem) {
    stems.add(stem);
  }

  @Override
  public List<CertIdStem> stems() {
    return stems;
  }

  @Override
  public Answer answer(OcspRequest request) {
    for (CertId id : request.ids()) {
      if (id.serial().signum() <= 0 || shelf.find(id.serial().toByteArray()).isEmpty()) {
        throw new Failure.Forbidden("this certificate", "a responder that knows it").thrown();
      }
    }
    throw new Failure.Unavailable("OCSP answer", "is being signed elsewhere", SOON).thrown();
  }
}
