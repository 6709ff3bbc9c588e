package io.chancery.approval;

import io.chancery.Failure;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The beans that know how to do a deed. */
@Singleton
final class Executions {
  private final Instance<Execution> all;

  @Inject
  Executions(@Any Instance<Execution> all) {
    this.all = all;
  }

  Execution of(Proposal proposal) {
    return find(proposal)
        .orElseThrow(
            () ->
                new Failure.Refused(
                        "known-deed",
                        "nothing here does " + proposal.terms().deed(),
                        "start a version of the service that does")
                    .thrown());
  }

  void giveUp(Proposal proposal, String why) {
    find(proposal).ifPresent(one -> one.giveUp(proposal, why));
  }

  private Optional<Execution> find(Proposal proposal) {
    return all.stream().filter(one -> one.deed() == proposal.terms().deed()).findFirst();
  }
}
