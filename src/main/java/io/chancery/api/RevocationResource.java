package io.chancery.api;

import static io.chancery.Role.ADMIN;
import static io.chancery.Role.OPERATOR;
import static io.chancery.Role.SERVICE;

import io.chancery.Failure;
import io.chancery.Quoted;
import io.chancery.revocation.Revocations;
import io.chancery.x509.RevocationReason;
import io.chancery.x509.SerialNumber;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Revoke, and lift a hold; with {@code Prefer: wait} answered when everyone can see it. */
@Path("/v1/certificates/{serial}/revocation")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RevocationResource {
  private static final Instant FIRST = Instant.parse("1950-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private final Revocations revocations;
  private final AwaitedSight awaited;
  private final Callers callers;

  @Inject
  RevocationResource(Revocations revocations, AwaitedSight awaited, Callers callers) {
    this.revocations = revocations;
    this.awaited = awaited;
    this.callers = callers;
  }

  /**
   * The JSON that revokes.
   *
   * @param reason a name of RFC 5280 s5.3.1; {@code unspecified} where left out
   * @param invalidityDate ISO 8601 instant, in the past
   */
  public record RevocationAsk(@Nullable String reason, @Nullable String invalidityDate) {}

  /**
   * Revokes, or puts on hold with {@code certificateHold}. Doing it again changes nothing; with the
   * same {@code Idempotency-Key} not even where the certificate was released since.
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({SERVICE, OPERATOR, ADMIN})
  public Response revoke(
      @PathParam("serial") String serial,
      @Nullable RevocationAsk ask,
      @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
      @Context HttpHeaders headers) {
    RevocationReason reason =
        ask == null || ask.reason() == null
            ? RevocationReason.UNSPECIFIED
            : RevocationReason.parse(ask.reason());
    Optional<Instant> invalidityDate =
        Optional.ofNullable(ask == null ? null : ask.invalidityDate())
            .map(RevocationResource::instant);
    return awaited.answer(
        revocations.revoke(
            callers.current(),
            SerialNumber.parse(serial),
            reason,
            invalidityDate,
            Optional.ofNullable(idempotencyKey)),
        headers);
  }

  /** Lifts a hold. */
  @DELETE
  @Allow({OPERATOR, ADMIN})
  public Response release(
      @PathParam("serial") String serial,
      @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
      @Context HttpHeaders headers) {
    return awaited.answer(
        revocations.release(
            callers.current(), SerialNumber.parse(serial), Optional.ofNullable(idempotencyKey)),
        headers);
  }

  /** A time that certificates, CRLs and the book can hold. */
  public static Instant instant(String text) {
    try {
      return withinCertificates(Instant.parse(text), text);
    } catch (DateTimeException notIso) {
      throw new Failure.Malformed(
              "time", "", Quoted.of(text) + " is no time such as 2030-01-31T12:00:00Z", "ISO 8601")
          .because(notIso);
    }
  }

  private static Instant withinCertificates(Instant time, String text) {
    // RFC 5280 s4.1.2.5: from UTCTime's first year to GeneralizedTime's last.
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw new Failure.Malformed(
              "time", "", Quoted.of(text) + " is not between 1950 and 9999", "RFC 5280 s4.1.2.5")
          .thrown();
    }
    return time;
  }
}
