package io.chancery.api;

import io.chancery.Caller;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** The caller of this request, as the gate found out. */
@RequestScoped
public class Callers {
  private Optional<Caller> caller = Optional.empty();

  void set(Caller found) {
    caller = Optional.of(found);
  }

  public Caller current() {
    return caller.orElseThrow(
        () -> new IllegalStateException("a route that needs a caller is not marked with @Allow"));
  }
}
