package io.chancery.api.problem;

import io.vertx.core.http.HttpClosedException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.nio.channels.ClosedChannelException;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Everything else is our bug: a reference for the log, and no text. */
@Provider
public class BugProblems implements ExceptionMapper<Throwable> {
  private static final Logger LOG = Logger.getLogger(BugProblems.class);

  @Override
  public Response toResponse(Throwable bug) {
    String reference = UUID.randomUUID().toString();
    if (isHangUp(bug)) {
      LOG.debugf(bug, "a client hung up, reference %s", reference);
    } else {
      LOG.errorf(bug, "a bug, reference %s", reference);
    }
    return Response.status(500)
        .type(Problem.MEDIA_TYPE)
        .entity(
            Problem.of(
                "bug",
                500,
                "A fault of this service",
                "reference " + reference,
                "tell an operator the reference"))
        .build();
  }

  /** Nobody is there to read the answer, and nothing is wrong here. */
  private static boolean isHangUp(Throwable bug) {
    for (Throwable cause = bug; cause != null; cause = cause.getCause()) {
      if (cause instanceof ClosedChannelException || cause instanceof HttpClosedException) {
        return true;
      }
    }
    return false;
  }
}
