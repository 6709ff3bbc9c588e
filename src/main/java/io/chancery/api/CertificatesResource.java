package io.chancery.api;

import static io.chancery.Role.ADMIN;
import static io.chancery.Role.APPROVER;
import static io.chancery.Role.AUDITOR;
import static io.chancery.Role.OPERATOR;
import static io.chancery.Role.REQUESTER;
import static io.chancery.Role.SERVICE;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.api.limits.LongestBody;
import io.chancery.enrolment.Answer;
import io.chancery.enrolment.Enrolment;
import io.chancery.enrolment.EnrolmentRequest;
import io.chancery.enrolment.Renewal;
import io.chancery.inventory.Entry;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Transactions;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.x509.SerialNumber;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Certificates: ask, look, renew. */
@Path("/v1/certificates")
@RunOnVirtualThread
public class CertificatesResource {
  /** The 64 KiB that are parsed, in PEM in JSON. */
  private static final int OF_A_REQUEST = 96 * 1024;

  static final String PKCS10 = "application/pkcs10";
  static final String PEM_CHAIN = "application/pem-certificate-chain";
  static final String REPEATED = "Chancery-Repeated";
  static final String DER_CERTIFICATE = "application/pkix-cert";

  private final Enrolment enrolment;
  private final Renewal renewal;
  private final Inventory inventory;
  private final Issuers issuers;
  private final Transactions transactions;
  private final Callers callers;
  private final Delivery delivery;
  private final AwaitedProof awaited;

  @Inject
  CertificatesResource(
      Enrolment enrolment,
      Renewal renewal,
      Inventory inventory,
      Issuers issuers,
      Transactions transactions,
      Callers callers,
      Delivery delivery,
      AwaitedProof awaited) {
    this.enrolment = enrolment;
    this.renewal = renewal;
    this.inventory = inventory;
    this.issuers = issuers;
    this.transactions = transactions;
    this.callers = callers;
    this.delivery = delivery;
    this.awaited = awaited;
  }

  /** Issues. The answer is JSON, or the PEM chain where {@code Accept} asks for it. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces({MediaType.APPLICATION_JSON, PEM_CHAIN})
  @InTurn
  @ConfirmsLogin
  @LongestBody(OF_A_REQUEST)
  @Allow({SERVICE, REQUESTER, OPERATOR, ADMIN})
  public Response issue(
      @Nullable CertificateAsk ask,
      @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
      @Context HttpHeaders headers) {
    return created(enrolment.answer(request(ask, Optional.ofNullable(idempotencyKey))), headers);
  }

  /** The same with the request as the body: DER, base64 or PEM. */
  @POST
  @Consumes(PKCS10)
  @Produces({MediaType.APPLICATION_JSON, PEM_CHAIN})
  @InTurn
  @ConfirmsLogin
  @LongestBody(OF_A_REQUEST)
  @Allow({SERVICE, REQUESTER, OPERATOR, ADMIN})
  public Response issueFromPkcs10(
      byte[] csr,
      @QueryParam("profile") @Nullable String profile,
      @QueryParam("contact") @Nullable String contact,
      @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
      @Context HttpHeaders headers) {
    CertificateAsk ask = new CertificateAsk(profile, text(csr), null, null, contact, null);
    return created(enrolment.answer(request(ask, Optional.ofNullable(idempotencyKey))), headers);
  }

  /** What would be issued, rule by rule; nothing is written or signed. */
  @POST
  @Path("/preview")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @LongestBody(OF_A_REQUEST)
  @Allow({SERVICE, REQUESTER, OPERATOR, ADMIN})
  public PreviewView preview(@Nullable CertificateAsk ask) {
    return PreviewView.of(enrolment.preview(present(ask).by(callers.current(), Optional.empty())));
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Allow({SERVICE, REQUESTER, APPROVER, OPERATOR, AUDITOR, ADMIN})
  public PageView search(@BeanParam SearchParameters parameters) {
    var query = parameters.queryFor(callers.current());
    return PageView.of(transactions.call(() -> inventory.search(query)), issuers);
  }

  @GET
  @Path("/{serial}")
  @Produces({MediaType.APPLICATION_JSON, PEM_CHAIN, DER_CERTIFICATE})
  @Allow({SERVICE, REQUESTER, APPROVER, OPERATOR, AUDITOR, ADMIN})
  public Response one(@PathParam("serial") String serial, @Context HttpHeaders headers) {
    return shown(Response.ok(), readable(SerialNumber.parse(serial)), headers, CertificateView::of);
  }

  /** A new certificate for the same names; the body is {@code {"csr": ...}}. */
  @POST
  @Path("/{serial}/renewal")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces({MediaType.APPLICATION_JSON, PEM_CHAIN})
  @InTurn
  @LongestBody(OF_A_REQUEST)
  @Allow({SERVICE, REQUESTER, OPERATOR, ADMIN})
  public Response renew(
      @PathParam("serial") String serial,
      @Nullable RenewalAsk ask,
      @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
      @Context HttpHeaders headers) {
    String csr = CertificateAsk.present("csr", ask == null ? null : ask.csr());
    Answer answer =
        renewal.renew(
            callers.current(),
            SerialNumber.parse(serial),
            CertificateAsk.csr(csr),
            Optional.ofNullable(idempotencyKey));
    return created(answer, headers);
  }

  /** The JSON that asks for a renewal. */
  public record RenewalAsk(@Nullable String csr) {}

  private Entry readable(SerialNumber serial) {
    Caller caller = callers.current();
    return transactions
        .call(() -> inventory.find(serial))
        // Another organization's certificate is as unknown as one that was never issued.
        .filter(entry -> caller.mayRead(entry.organization()))
        .orElseThrow(() -> new Failure.NotFound("certificate", serial.hex()).thrown());
  }

  private Response created(Answer answer, HttpHeaders headers) {
    return switch (answer) {
      case Answer.Given given -> created(given, headers);
      // RFC 9110 s15.3.3: accepted, and where to look what became of it.
      case Answer.Awaiting waits ->
          Response.accepted(
                  new AwaitingView(
                      "awaiting-approval", waits.serial().hex(), waits.proposal().toString()))
              .type(MediaType.APPLICATION_JSON)
              .location(URI.create("/v1/approvals/" + waits.proposal()))
              .build();
    };
  }

  /** The certificate is reserved, and signed once others have approved it. */
  public record AwaitingView(String state, String serial, String proposal) {}

  private Response created(Answer.Given answer, HttpHeaders headers) {
    Entry entry = answer.entry();
    delivery.watch(entry.serial());
    URI location = URI.create("/v1/certificates/" + entry.serial().hex());
    Optional<ProofView> proof = awaited.of(entry.serial(), headers).map(ProofView::of);
    Response.ResponseBuilder head =
        switch (answer.kind()) {
          case ISSUED -> Response.created(location);
          case REPEATED -> Response.ok().location(location).header(REPEATED, "true");
        };
    proof.ifPresent(found -> head.header(AwaitedProof.APPLIED, "wait"));
    return shown(
        head,
        entry,
        headers,
        (one, issuer) ->
            switch (answer.kind()) {
              case ISSUED -> CertificateView.of(one, issuer).with(proof);
              case REPEATED -> CertificateView.repeated(one, issuer).with(proof);
            });
  }

  private Response shown(
      Response.ResponseBuilder answer,
      Entry entry,
      HttpHeaders headers,
      BiFunction<Entry, Issuer, CertificateView> view) {
    var issuer = issuers.named(entry.issuer());
    for (MediaType accepted : headers.getAcceptableMediaTypes()) {
      String type = accepted.getType() + "/" + accepted.getSubtype();
      switch (type) {
        case PEM_CHAIN -> {
          return answer.type(PEM_CHAIN).entity(CertificateView.pemChain(entry, issuer)).build();
        }
        case DER_CERTIFICATE -> {
          return answer.type(DER_CERTIFICATE).entity(entry.certificate().der().octets()).build();
        }
        default -> {}
      }
    }
    return answer.type(MediaType.APPLICATION_JSON).entity(view.apply(entry, issuer)).build();
  }

  /** What cannot be read is refused here, and that it was asked stands on the roll. */
  private EnrolmentRequest request(@Nullable CertificateAsk ask, Optional<String> key) {
    Caller caller = callers.current();
    try {
      return present(ask).by(caller, key);
    } catch (PkiException refused) {
      enrolment.refused(caller, refused.failure());
      throw refused;
    }
  }

  private static CertificateAsk present(@Nullable CertificateAsk ask) {
    if (ask == null) {
      throw new Failure.Malformed("body", "", "is empty", "Chancery API").thrown();
    }
    return ask;
  }

  /** DER becomes base64; text stays text. */
  private static String text(byte[] body) {
    boolean der = body.length > 0 && body[0] == 0x30;
    return der
        ? Base64.getEncoder().encodeToString(body)
        : new String(body, StandardCharsets.UTF_8);
  }
}
