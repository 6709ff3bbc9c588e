package io.chancery.ocsp;

import io.chancery.Failure;
import io.chancery.issuance.OcspError;
import io.chancery.x509.Der;

/** The one table from a failure to OCSPResponseStatus (RFC 6960 s4.2.1). */
final class OcspProblems {
  private OcspProblems() {}

  static Der response(Failure failure) {
    return switch (failure) {
      case Failure.Malformed malformed -> OcspError.MALFORMED_REQUEST.response();
      case Failure.TooLarge large -> OcspError.MALFORMED_REQUEST.response();
      case Failure.Forbidden foreign -> OcspError.UNAUTHORIZED.response();
      case Failure.NotFound unknown -> OcspError.UNAUTHORIZED.response();
      case Failure.Unauthenticated unknown -> OcspError.UNAUTHORIZED.response();
      case Failure.Refused refused -> OcspError.UNAUTHORIZED.response();
      case Failure.Unavailable away -> OcspError.TRY_LATER.response();
      case Failure.Busy busy -> OcspError.TRY_LATER.response();
      case Failure.TooManyRequests many -> OcspError.TRY_LATER.response();
      case Failure.Conflict conflict -> OcspError.TRY_LATER.response();
      case Failure.LintFailed ours -> OcspError.INTERNAL_ERROR.response();
      case Failure.Misconfigured ours -> OcspError.INTERNAL_ERROR.response();
      case Failure.BrokenPromise ours -> OcspError.INTERNAL_ERROR.response();
    };
  }
}
