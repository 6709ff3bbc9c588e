package io.chancery.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.chancery.inventory.Entry;
import io.chancery.issuance.Issuers;
import io.chancery.visibility.Lookout;
import io.chancery.visibility.Receipts;
import io.chancery.visibility.Visibility;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;

/** A client that prefers to wait is answered when everyone can see the change. */
@Singleton
class AwaitedSight {
  private final Lookout lookout;
  private final Receipts receipts;
  private final Issuers issuers;

  @Inject
  AwaitedSight(Lookout lookout, Receipts receipts, Issuers issuers) {
    this.lookout = lookout;
    this.receipts = receipts;
    this.issuers = issuers;
  }

  /**
   * A certificate after a change of its status; and, for a client that preferred to wait, where the
   * change can be seen.
   *
   * @param receipt a signed note that says the same
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record ReceiptView(
      @JsonUnwrapped CertificateView certificate,
      Optional<VisibilityResource.VisibilityView> visibility,
      Optional<String> receipt) {}

  Response answer(Entry entry, HttpHeaders headers) {
    CertificateView view = CertificateView.of(entry, issuers.named(entry.issuer()));
    Optional<Duration> wait = Preferences.waiting(headers.getHeaderString("Prefer"));
    if (wait.isEmpty()) {
      return Response.ok(new ReceiptView(view, Optional.empty(), Optional.empty())).build();
    }
    Visibility visibility = lookout.await(entry.serial(), wait.get());
    return Response.ok(
            new ReceiptView(
                view,
                Optional.of(VisibilityResource.VisibilityView.of(entry, visibility)),
                Optional.of(receipts.of(visibility))))
        // RFC 7240 s3
        .header(AwaitedProof.APPLIED, "wait=" + wait.get().toSeconds())
        .build();
  }
}
