package io.chancery.ocsp;

import io.chancery.PkiException;
import io.chancery.issuance.AnswerForm;
import io.chancery.issuance.AnswerSigner;
import io.chancery.issuance.OcspHash;
import io.chancery.issuance.Statement;
import io.chancery.x509.IssuerName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;

/** Signs answers that nobody waits for, some side by side. */
final class AheadSigning {
  private static final Logger LOG = Logger.getLogger(AheadSigning.class);
  private static final int SIDE_BY_SIDE = 3;

  private final OcspConfig config;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  AheadSigning(OcspConfig config) {
    this.config = config;
  }

  /** In the order of their serials; what the token does not sign is left out. */
  List<AnswerRows.Row> sign(
      List<DueRows.Due> due, Map<IssuerName, AnswerSigner> signers, Instant now) {
    int part = Math.max(1, (due.size() + SIDE_BY_SIDE - 1) / SIDE_BY_SIDE);
    List<Future<List<AnswerRows.Row>>> parts = new ArrayList<>();
    for (int from = 0; from < due.size(); from += part) {
      List<DueRows.Due> these = due.subList(from, Math.min(due.size(), from + part));
      parts.add(threads.submit(() -> signed(these, signers, now)));
    }
    List<AnswerRows.Row> made = new ArrayList<>(due.size());
    for (Future<List<AnswerRows.Row>> each : parts) {
      made.addAll(finished(each));
    }
    // Of two writers, should a lease have changed hands, one waits for the other and no more.
    made.sort(Comparator.comparing(row -> row.facts().serial().hex()));
    return made;
  }

  /** As many as the token signs; the rest stays due. */
  private List<AnswerRows.Row> signed(
      List<DueRows.Due> due, Map<IssuerName, AnswerSigner> signers, Instant now) {
    List<AnswerRows.Row> made = new ArrayList<>(due.size());
    for (DueRows.Due one : due) {
      AnswerSigner signer = signers.get(one.issuer());
      if (signer == null) {
        continue;
      }
      try {
        made.add(signed(one, signer, now));
      } catch (PkiException away) {
        LOG.debugf("answers are not made ahead: %s", away.getMessage());
        return made;
      }
    }
    return made;
  }

  private AnswerRows.Row signed(DueRows.Due due, AnswerSigner signer, Instant now) {
    Instant next = now.plus(config.aheadLifetime());
    Instant nextUpdate = next.isAfter(signer.end()) ? signer.end() : next;
    AnswerForm form = signer.form(OcspHash.SHA1);
    byte[] body =
        form.body(
            Statement.kept(
                due.facts().serial().value().toByteArray(),
                due.facts().status(),
                now.getEpochSecond(),
                nextUpdate.getEpochSecond()));
    return new AnswerRows.Row(
        due.facts(),
        new KeptAnswer.Period(now, nextUpdate),
        due.issuer(),
        Responder.key(signer).responder(),
        signer.signKept(body));
  }

  private static List<AnswerRows.Row> finished(Future<List<AnswerRows.Row>> part) {
    try {
      return part.get();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return List.of();
    } catch (ExecutionException bug) {
      throw new IllegalStateException(bug.getCause());
    }
  }
}
