package io.chancery.api.problem;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.chancery.Failure;
import io.chancery.Quoted;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.stream.Collectors;

/**
 * JSON that is whole and of another shape than the route takes. Beside {@link InputProblems},
 * because the framework has a mapper of its own for this exception, which answers without a word.
 */
@Provider
public class MismatchProblems implements ExceptionMapper<MismatchedInputException> {
  @Override
  public Response toResponse(MismatchedInputException mismatch) {
    String reason =
        mismatch instanceof UnrecognizedPropertyException
            ? "is a key that this route does not know"
            : "has another type than this route takes";
    return new PkiProblems()
        .toResponse(
            new Failure.Malformed("JSON", place(mismatch), reason, "Chancery API").thrown());
  }

  private static String place(MismatchedInputException mismatch) {
    String path =
        mismatch.getPath().stream().map(MismatchProblems::step).collect(Collectors.joining("."));
    return path.isEmpty() ? "the whole" : Quoted.of(path);
  }

  private static String step(JsonMappingException.Reference step) {
    return step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName();
  }
}
