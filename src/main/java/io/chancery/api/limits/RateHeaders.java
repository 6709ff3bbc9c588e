package io.chancery.api.limits;

import io.chancery.access.rate.Rate;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What this request took of what its caller may ask, told in its answer. */
@RequestScoped
public class RateHeaders {
  private final List<Rate> taken = new ArrayList<>();

  /** Keeps it for the answer; {@code TooManyRequests} where nothing was left. */
  void mustHold(Rate rate) {
    taken.add(rate);
    rate.mustHold();
  }

  /** draft-ietf-httpapi-ratelimit-headers-10 s3 and s4: quota and window, remaining and reset. */
  public void write(MultivaluedMap<String, Object> headers) {
    if (!taken.isEmpty()) {
      headers.putSingle(
          "RateLimit-Policy",
          taken.stream()
              .map(rate -> "\"" + rate.kind().text() + "\";q=" + rate.perMinute() + ";w=60")
              .collect(Collectors.joining(", ")));
      headers.putSingle(
          "RateLimit",
          taken.stream()
              .map(
                  rate ->
                      "\""
                          + rate.kind().text()
                          + "\";r="
                          + rate.remaining()
                          + ";t="
                          + rate.reset().toSeconds())
              .collect(Collectors.joining(", ")));
    }
  }
}
