package io.chancery.approval;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Lets a test run the job when it wants, as another replica would after a crash. */
@ApplicationScoped
public class ApprovalNow {
  @Inject Carrying carrying;

  public void now() {
    carrying.goOn();
  }
}
