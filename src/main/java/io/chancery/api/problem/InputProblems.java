package io.chancery.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Quoted;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** JSON that cannot be read as what the route wants: the sender's to change. */
@Provider
public class InputProblems implements ExceptionMapper<JsonProcessingException> {
  @Override
  public Response toResponse(JsonProcessingException unreadable) {
    String place =
        unreadable.getLocation() == null
            ? ""
            : "line "
                + unreadable.getLocation().getLineNr()
                + ", column "
                + unreadable.getLocation().getColumnNr();
    String message = unreadable.getOriginalMessage();
    PkiException malformed =
        new Failure.Malformed(
                "JSON", place, Quoted.of(message == null ? "unreadable" : message), "RFC 8259")
            .thrown();
    return new PkiProblems().toResponse(malformed);
  }
}
