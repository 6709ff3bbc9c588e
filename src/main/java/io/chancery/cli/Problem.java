package io.chancery.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chancery.Failure;
import io.chancery.Quoted;
import java.net.URI;
import java.net.http.HttpResponse;

/** An answer that is no success: RFC 9457 problem+json, read into a failure for the terminal. */
final class Problem {
  private static final int LONGEST = 2000;

  private Problem() {}

  /** The detail with its status and rule; a stranger's answer is shortened and escaped. */
  static Failure of(HttpResponse<String> response, URI base, ObjectMapper json) {
    try {
      JsonNode problem = json.readTree(response.body());
      String detail = text(problem, "detail");
      if (detail.isEmpty()) {
        detail = text(problem, "title");
      }
      if (!detail.isEmpty()) {
        String rule = text(problem, "rule");
        return new Failure.Refused(
            rule,
            printable(detail)
                + " ("
                + response.statusCode()
                + (rule.isEmpty() ? "" : ", rule " + printable(rule))
                + ")",
            printable(text(problem, "remedy")));
      }
    } catch (JsonProcessingException notJson) {
      return stranger(response, base);
    }
    return stranger(response, base);
  }

  private static Failure stranger(HttpResponse<String> response, URI base) {
    String body = response.body().isBlank() ? "" : ": " + Quoted.of(response.body().strip());
    return new Failure.Refused(
        "", base + " answers " + response.statusCode() + body, remedy(response.statusCode()));
  }

  private static String remedy(int status) {
    return switch (status) {
      case 401 -> "give a valid certificate or token";
      case 403 -> "use a credential with the right role";
      case 404 -> "look at --url: this address does not know that route";
      default -> "";
    };
  }

  private static String text(JsonNode problem, String field) {
    return problem.path(field).asText("");
  }

  /** No control characters of another machine on this terminal. */
  static String printable(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(
            c -> {
              boolean plain = Character.isLetterOrDigit(c) || (c >= 0x20 && c < 0x7f);
              out.appendCodePoint(plain ? c : '?');
            });
    return out.toString();
  }
}
