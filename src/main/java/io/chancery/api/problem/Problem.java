package io.chancery.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A problem document (RFC 9457).
 *
 * @param type the kind of failure, as {@code urn:chancery:problem:...}
 * @param rule the policy rule or the clause that says no
 * @param findings the lint rules that were broken
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String remedy,
    String rule,
    String where,
    List<String> findings) {
  public static final String MEDIA_TYPE = "application/problem+json";

  public static Problem of(String kind, int status, String title, String detail, String remedy) {
    return new Problem(
        "urn:chancery:problem:" + kind, title, status, detail, remedy, "", "", List.of());
  }

  public Problem withRule(String name, String place) {
    return new Problem(type, title, status, detail, remedy, name, place, findings);
  }

  public Problem withFindings(List<String> found) {
    return new Problem(type, title, status, detail, remedy, rule, where, found);
  }
}
