package io.chancery.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.chancery.PkiException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/**
 * What the framework itself refuses (no such path, wrong method or type), as a problem document.
 */
@Provider
public class HttpProblems implements ExceptionMapper<WebApplicationException> {
  @Override
  public Response toResponse(WebApplicationException refused) {
    for (Throwable cause = refused.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof PkiException known) {
        return new PkiProblems().toResponse(known);
      }
      if (cause instanceof MismatchedInputException mismatch) {
        return new MismatchProblems().toResponse(mismatch);
      }
      if (cause instanceof JsonProcessingException json) {
        return new InputProblems().toResponse(json);
      }
    }
    int status = refused.getResponse().getStatus();
    if (status >= 500) {
      return new BugProblems().toResponse(refused);
    }
    String title = refused.getResponse().getStatusInfo().getReasonPhrase();
    Response.ResponseBuilder answer =
        Response.status(status)
            .type(Problem.MEDIA_TYPE)
            .entity(Problem.of("http", status, title, title + ": see /q/openapi", ""));
    // RFC 9110 s15.5.6: a 405 says what is allowed.
    refused
        .getResponse()
        .getHeaders()
        .getOrDefault("Allow", List.of())
        .forEach(allowed -> answer.header("Allow", allowed));
    return answer.build();
  }
}
