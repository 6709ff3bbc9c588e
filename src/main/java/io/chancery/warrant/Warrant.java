package io.chancery.warrant;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The terms of a deed with what people signed about them. Whether it is enough is worked out from
 * the signatures each time; no row and no flag says so.
 */
public record Warrant(Terms terms, List<Endorsement> endorsements) {
  /** How far the clock of a signer may be off. */
  public static final Duration SKEW = Duration.ofMinutes(5);

  public Warrant {
    endorsements = List.copyOf(endorsements);
  }

  /**
   * What a warrant is worth.
   *
   * @param persons who has approved, the proposer left out
   * @param glass who has broken the glass
   * @param faults why a signature does not count
   */
  public record Worth(Set<String> persons, Set<String> glass, List<String> faults) {
    public Worth {
      persons = Set.copyOf(persons);
      glass = Set.copyOf(glass);
      faults = List.copyOf(faults);
    }
  }

  /** Adds up the signatures; one that is not good counts for nobody. */
  public Worth worth(Register register) {
    Set<String> persons = new TreeSet<>();
    Set<String> glass = new TreeSet<>();
    List<String> faults = new ArrayList<>();
    for (Endorsement endorsement : endorsements) {
      fault(endorsement, register)
          .ifPresentOrElse(
              faults::add,
              () -> {
                switch (endorsement.verdict()) {
                  case APPROVE -> persons.add(endorsement.person());
                  case BREAK_GLASS -> glass.add(endorsement.person());
                  case REVIEW -> {}
                }
              });
    }
    return new Worth(persons, glass, faults);
  }

  /** What is wrong with an endorsement of these terms; empty where nothing is. */
  public Optional<String> fault(Endorsement endorsement, Register register) {
    String who = "the signature of " + endorsement.person();
    DetachedJws.Signed signed;
    try {
      signed = endorsement.verify(terms);
    } catch (PkiException notOverThis) {
      return Optional.of(who + " is not over these terms: " + notOverThis.failure().detail());
    }
    if (!signed.certificate().validity().holds(signed.at())) {
      return Optional.of(who + " was made with a certificate that was not valid then");
    }
    boolean late = endorsement.verdict() != Verdict.REVIEW && signed.at().isAfter(terms.expires());
    if (late || signed.at().isBefore(terms.proposed().minus(SKEW))) {
      return Optional.of(who + " was not made within the time limit");
    }
    Optional<String> person = register.person(signed, endorsement, terms);
    if (person.isEmpty()) {
      return Optional.of(who + " is by a certificate that may not say this");
    }
    if (!person.get().equals(endorsement.person())) {
      return Optional.of(who + " is by a certificate of somebody else");
    }
    if (endorsement.verdict() == Verdict.APPROVE && person.get().equals(terms.proposer())) {
      return Optional.of(who + " is by the proposer, who cannot approve");
    }
    return Optional.empty();
  }

  /** Whether so many persons, or one who has broken the glass, stand behind it. */
  public boolean isEnough(int need, Register register) {
    Worth worth = worth(register);
    boolean alone = terms.deed().mayBreakGlass() && !worth.glass().isEmpty();
    return alone || worth.persons().size() >= Math.max(need, terms.need());
  }

  /**
   * Refuses unless these octets may be used for this deed now.
   *
   * @param need what whoever asks knows to be needed; the terms cannot lower it
   */
  public void mustCover(Deed deed, ExactBytes exact, int need, Register register, Instant now) {
    if (deed != terms.deed()) {
      throw refused("the approval is for " + terms.deed() + ", not for " + deed);
    }
    if (!exact.sha256().equals(terms.sha256())) {
      throw refused("the approval is for other octets");
    }
    if (now.isAfter(terms.expires())) {
      throw refused("the approval ended at " + terms.expires());
    }
    if (!isEnough(need, register)) {
      Worth worth = worth(register);
      throw refused(
          worth.persons().size()
              + " of "
              + Math.max(need, terms.need())
              + " persons have approved"
              + (worth.faults().isEmpty() ? "" : "; " + String.join("; ", worth.faults())));
    }
  }

  private static PkiException refused(String reason) {
    return new Failure.Refused("four-eyes", reason, "propose it anew and have it approved")
        .thrown();
  }
}
