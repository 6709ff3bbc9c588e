package io.chancery.api;

import static io.chancery.Role.ADMIN;
import static io.chancery.Role.APPROVER;
import static io.chancery.Role.AUDITOR;
import static io.chancery.Role.OPERATOR;
import static io.chancery.Role.REQUESTER;
import static io.chancery.Role.SERVICE;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.inventory.Entry;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.StatusChange;
import io.chancery.inventory.Transactions;
import io.chancery.visibility.Lookout;
import io.chancery.visibility.Receipts;
import io.chancery.visibility.Visibility;
import io.chancery.x509.SerialNumber;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Since when, and where, the newest status of a certificate is answered. */
@Path("/v1/certificates/{serial}/visibility")
@RunOnVirtualThread
public class VisibilityResource {
  private static final List<Variant> SHOWN =
      Variant.mediaTypes(MediaType.APPLICATION_JSON_TYPE, MediaType.TEXT_PLAIN_TYPE).build();

  private final Lookout lookout;
  private final Receipts receipts;
  private final Inventory inventory;
  private final Transactions transactions;
  private final Callers callers;

  @Inject
  VisibilityResource(
      Lookout lookout,
      Receipts receipts,
      Inventory inventory,
      Transactions transactions,
      Callers callers) {
    this.lookout = lookout;
    this.receipts = receipts;
    this.inventory = inventory;
    this.transactions = transactions;
    this.callers = callers;
  }

  /**
   * Where the newest change of a certificate's status can be seen.
   *
   * @param everywhere whether OCSP of every live replica and a CRL show it
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record VisibilityView(
      String serial,
      String status,
      int version,
      Optional<Instant> changedAt,
      boolean everywhere,
      List<ChannelView> channels) {
    /**
     * One channel.
     *
     * @param channel {@code ocsp/<replica>}, {@code full}, {@code delta} or {@code shard/<n>}
     * @param state {@code visible} or {@code pending}
     * @param at since when; absent where it is pending, or longer ago than is remembered
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record ChannelView(
        String channel,
        Optional<String> replica,
        Optional<Long> crlNumber,
        String state,
        Optional<Instant> at) {
      static ChannelView of(Visibility.Sight sight) {
        return new ChannelView(
            sight.channel(),
            sight.replica(),
            sight.crlNumber().stream().boxed().findFirst(),
            sight.state().name().toLowerCase(Locale.ROOT),
            sight.at());
      }
    }

    static VisibilityView of(Entry entry, Visibility visibility) {
      return new VisibilityView(
          entry.serial().hex(),
          CertificateView.statusText(
              visibility.change().map(StatusChange::status).orElse(entry.status())),
          visibility.change().map(StatusChange::version).orElse(entry.statusVersion()),
          visibility.change().map(StatusChange::at),
          visibility.isEverywhere(),
          visibility.sights().stream().map(ChannelView::of).toList());
    }
  }

  /** As JSON, or as a receipt, a signed note, where {@code Accept} asks for text. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
  @Allow({SERVICE, REQUESTER, APPROVER, OPERATOR, AUDITOR, ADMIN})
  public Response visibility(@PathParam("serial") String serial, @Context Request request) {
    Entry entry = entry(serial);
    Visibility visibility = lookout.of(entry.serial());
    Variant variant = request.selectVariant(SHOWN);
    return variant != null && variant.getMediaType().isCompatible(MediaType.TEXT_PLAIN_TYPE)
        ? Response.ok(receipts.of(visibility), MediaType.TEXT_PLAIN_TYPE).build()
        : Response.ok(VisibilityView.of(entry, visibility), MediaType.APPLICATION_JSON_TYPE)
            .build();
  }

  private Entry entry(String text) {
    SerialNumber serial = SerialNumber.parse(text);
    Caller caller = callers.current();
    return transactions
        .call(() -> inventory.find(serial))
        .filter(entry -> caller.mayRead(entry.organization()))
        .orElseThrow(() -> new Failure.NotFound("certificate", serial.hex()).thrown());
  }
}
