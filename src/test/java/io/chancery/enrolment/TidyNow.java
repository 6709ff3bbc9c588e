package io.chancery.enrolment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Lets a test run the tidy job when it wants. */
@ApplicationScoped
public class TidyNow {
  @Inject TidyJob job;

  public void now() {
    job.tidy();
  }
}
