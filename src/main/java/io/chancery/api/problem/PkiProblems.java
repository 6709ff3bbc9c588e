package io.chancery.api.problem;

import io.chancery.Failure;
import io.chancery.PkiException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;
import org.jboss.logging.Logger;

/** The one table from a failure to an HTTP answer. */
@Provider
public class PkiProblems implements ExceptionMapper<PkiException> {
  private static final Logger LOG = Logger.getLogger(PkiProblems.class);

  @Override
  public Response toResponse(PkiException thrown) {
    Response answer = answer(thrown.failure());
    if (answer.getStatus() >= 500) {
      tell(thrown, answer.getStatus());
    }
    return answer;
  }

  /** The answer alone, which the log does not hear of. */
  public static Response answer(Failure failure) {
    Problem problem = problem(failure);
    Response.ResponseBuilder answer =
        Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
    switch (failure) {
      case Failure.Unavailable away -> answer.header("Retry-After", seconds(away.retryAfter()));
      case Failure.Busy busy -> answer.header("Retry-After", seconds(busy.retryAfter()));
      case Failure.TooManyRequests many -> answer.header("Retry-After", seconds(many.retryAfter()));
      // RFC 9110 s11.6.1: a 401 names a scheme that would help.
      case Failure.Unauthenticated unknown ->
          answer.header("WWW-Authenticate", "Bearer realm=\"chancery\"");
      default -> {}
    }
    return answer.build();
  }

  /**
   * While a part is away each request says so: one line, and the cause for who looks for it. Those
   * who are told to come again are counted by whoever tells them so.
   */
  private static void tell(PkiException thrown, int status) {
    String detail = thrown.failure().detail();
    switch (thrown.failure()) {
      case Failure.Unavailable away -> {
        LOG.warnf("answered %d: %s", status, detail);
        LOG.debug("its cause", thrown.getCause());
      }
      case Failure.Busy busy -> LOG.debugf(thrown.getCause(), "answered %d: %s", status, detail);
      default -> LOG.warnf(thrown.getCause(), "answered %d: %s", status, detail);
    }
  }

  private static Problem problem(Failure failure) {
    String detail = failure.detail();
    String remedy = failure.remedy();
    return switch (failure) {
      case Failure.Malformed bad ->
          Problem.of("malformed", 400, "The input breaks its own format", detail, remedy)
              .withRule(bad.clause(), bad.where());
      case Failure.Unauthenticated unknown ->
          Problem.of("unauthenticated", 401, "Nobody is known behind the request", detail, remedy);
      case Failure.Forbidden forbidden ->
          Problem.of("forbidden", 403, "The caller may not", detail, remedy);
      case Failure.NotFound missing ->
          Problem.of("not-found", 404, "There is no such thing here", detail, remedy);
      case Failure.Conflict conflict ->
          Problem.of("conflict", 409, "Its state does not allow this", detail, conflict.remedy());
      case Failure.TooLarge large ->
          Problem.of("too-large", 413, "The input is larger than its limit", detail, remedy);
      case Failure.Refused refused ->
          Problem.of("refused", 422, "Policy says no", detail, remedy).withRule(refused.rule(), "");
      case Failure.LintFailed lint ->
          Problem.of("lint", 422, "The certificate would break its standard", detail, remedy)
              .withFindings(
                  lint.findings().stream()
                      .map(one -> one.rule() + " (" + one.clause() + "): " + one.found())
                      .toList());
      // RFC 6585 s4
      case Failure.TooManyRequests many ->
          Problem.of("too-many-requests", 429, "The caller asks too often", detail, remedy);
      case Failure.Busy busy ->
          Problem.of("busy", 503, "There is more work than it takes", detail, remedy);
      case Failure.Unavailable away ->
          Problem.of("unavailable", 503, "A part is away", detail, remedy);
      case Failure.BrokenPromise broken ->
          Problem.of(
              "broken-promise", 500, "What was signed is not what was promised", detail, remedy);
      case Failure.Misconfigured wrong ->
          Problem.of("misconfigured", 500, "The configuration cannot be run", detail, remedy);
    };
  }

  private static long seconds(Duration retryAfter) {
    return Math.max(1, retryAfter.toSeconds());
  }
}
