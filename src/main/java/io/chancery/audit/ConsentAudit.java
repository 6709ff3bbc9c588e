package io.chancery.audit;

import io.chancery.PkiException;
import io.chancery.Quoted;
import io.chancery.Sha256;
import io.chancery.audit.book.TakesApproval;
import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
import io.chancery.audit.report.Place;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.warrant.Deed;
import io.chancery.warrant.Endorsement;
import io.chancery.warrant.Terms;
import io.chancery.warrant.Verdict;
import io.chancery.warrant.Warrant;
import io.chancery.x509.Thumbprint;
import java.sql.Connection;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Deeds that take several persons: each signature is verified again over the exact terms, by a
 * person who the roll says could sign at that place, and what was carried out had enough of them.
 */
final class ConsentAudit implements DeedAudit {
  private static final Set<EventKind> WORDS =
      Set.of(EventKind.ENDORSED, EventKind.GLASS_BROKEN, EventKind.GLASS_REVIEWED);

  private final Findings findings;
  private final RollPeople people = new RollPeople();
  private final Map<String, Considered> proposals = new HashMap<>();
  private final Map<String, Considered> certificates = new HashMap<>();
  private final Map<String, Resumed> resumed = new HashMap<>();
  private final Set<String> halted = new HashSet<>();
  private Optional<Considered.Word> unreviewed = Optional.empty();
  private String unreviewedProposal = "";

  private record Resumed(Place place, String proposal) {}

  ConsentAudit(Findings findings) {
    this.findings = findings;
  }

  @Override
  public Set<EventKind> kinds() {
    return Set.of(
        EventKind.PERSON_CREATED,
        EventKind.PERSON_CHANGED,
        EventKind.PROPOSED,
        EventKind.ENDORSED,
        EventKind.PROPOSAL_REJECTED,
        EventKind.PROPOSAL_WITHDRAWN,
        EventKind.PROPOSAL_EXPIRED,
        EventKind.PROPOSAL_FAILED,
        EventKind.CARRIED_OUT,
        EventKind.GLASS_BROKEN,
        EventKind.GLASS_REVIEWED,
        EventKind.SIGNING_HALTED,
        EventKind.SIGNING_RESUMED);
  }

  @Override
  public void see(Place place, Event event) {
    try {
      if (RollPeople.tellsOf(event.kind())) {
        people.entered(event);
      } else if (event.kind() == EventKind.PROPOSED) {
        proposed(place, event);
      } else if (event.kind() == EventKind.SIGNING_HALTED) {
        halted.add(event.subject());
      } else if (event.kind() == EventKind.SIGNING_RESUMED) {
        goesOn(place, event);
      } else {
        follow(place, event);
      }
    } catch (PkiException | IllegalArgumentException | DateTimeException unreadable) {
      differs(place, event.subject(), "its entry cannot be read: " + unreadable.getMessage());
    }
  }

  private void proposed(Place place, Event event) {
    Terms terms =
        new Terms(
            UUID.fromString(event.subject()),
            Deed.valueOf(event.fact("deed")),
            event.organization(),
            new Thumbprint(event.fact("sha256")),
            Integer.parseInt(event.fact("need")),
            event.fact("proposer"),
            Instant.parse(event.fact("proposed")),
            Instant.parse(event.fact("expires")));
    byte[] exact = event.octetsOf("exact");
    if (exact.length > 0 && !Sha256.hex(exact).equals(terms.sha256().hex())) {
      differs(place, event.subject(), "its octets are not those whose hash was proposed");
    }
    if (terms.need() < terms.deed().least()) {
      notApproved(place, event.subject(), terms.deed() + " takes more persons than it asks for");
    }
    Considered considered = new Considered(place, terms, event.fact("about"));
    if (proposals.putIfAbsent(event.subject(), considered) != null) {
      differs(place, event.subject(), "it was proposed twice");
    }
    if (terms.deed() == Deed.CERTIFICATE) {
      certificates.put(considered.about(), considered);
    }
  }

  private void follow(Place place, Event event) {
    Considered considered = proposals.get(event.subject());
    if (considered == null) {
      differs(place, event.subject(), event.kind() + " of what nobody proposed");
    } else if (WORDS.contains(event.kind())) {
      said(place, considered, event);
    } else {
      closed(place, considered, event);
    }
  }

  private void said(Place place, Considered considered, Event event) {
    Verdict verdict =
        switch (event.kind()) {
          case GLASS_BROKEN -> Verdict.BREAK_GLASS;
          case GLASS_REVIEWED -> Verdict.REVIEW;
          default -> Verdict.APPROVE;
        };
    Endorsement said =
        new Endorsement(verdict, event.fact("person"), event.fact("comment"), event.fact("jws"));
    Optional<String> fault = new Warrant(considered.terms(), List.of()).fault(said, people);
    if (fault.isPresent()) {
      notApproved(place, event.subject(), Quoted.of(fault.get()));
      return;
    }
    Considered.Word word =
        new Considered.Word(place, said, said.verify(considered.terms()), event.at());
    if (!event.actor().equals(said.person())
        || Duration.between(word.signed().at(), event.at()).abs().compareTo(Warrant.SKEW) > 0) {
      notApproved(place, event.subject(), "a signature was sent by somebody else, or much later");
    }
    glass(place, event, word);
    considered.say(word);
  }

  private void glass(Place place, Event event, Considered.Word word) {
    switch (word.said().verdict()) {
      case APPROVE -> {}
      case BREAK_GLASS -> {
        if (unreviewed.isPresent()) {
          notApproved(
              place,
              event.subject(),
              "the glass was broken again before anyone had reviewed " + unreviewedProposal);
        }
        unreviewed = Optional.of(word);
        unreviewedProposal = event.subject();
      }
      case REVIEW -> {
        if (unreviewed
            .map(broken -> broken.said().person())
            .equals(Optional.of(word.said().person()))) {
          notApproved(place, event.subject(), "whoever broke the glass has reviewed it alone");
        }
        unreviewed = Optional.empty();
      }
    }
  }

  private void closed(Place place, Considered considered, Event event) {
    if (considered.closed().isPresent()) {
      differs(place, event.subject(), "it was closed before, as " + considered.closed().get());
      return;
    }
    boolean done = event.kind() == EventKind.CARRIED_OUT;
    boolean enough = considered.isEnough(considered.terms().need());
    if (done && !enough) {
      notApproved(
          place,
          event.subject(),
          considered.terms().deed()
              + " was carried out without "
              + considered.terms().need()
              + " good signatures of distinct persons");
    }
    if (!event.fact("sha256").equals(considered.terms().sha256().hex())) {
      differs(place, event.subject(), "it was closed with another hash than it was proposed with");
    }
    considered.close(state(event.kind()), done && enough);
  }

  private void goesOn(Place place, Event event) {
    if (!halted.remove(event.subject())) {
      differs(place, event.subject(), "signing went on after no halt of this id");
    }
    resumed.put(event.subject(), new Resumed(place, event.fact("proposal")));
  }

  /** A certificate that was issued under a profile which takes approvals. */
  void mustCover(TakesApproval certificate) {
    Considered considered = certificates.get(certificate.serial());
    String which = "certificate " + Quoted.of(certificate.serial());
    if (considered == null) {
      notApproved(certificate.place(), which, "nobody was asked to approve it");
    } else if (!considered.terms().sha256().hex().equals(certificate.sha256())) {
      notApproved(certificate.place(), which, "other octets were approved than were signed");
    } else if (!considered.isEnough(certificate.approvals())) {
      notApproved(
          certificate.place(),
          which,
          "it takes " + certificate.approvals() + " persons, and fewer have signed");
    }
  }

  @Override
  public void compare(Connection connection) {
    resumed.forEach(
        (halt, one) -> {
          Considered considered = proposals.get(one.proposal());
          if (considered == null
              || considered.terms().deed() != Deed.SIGNING_RESUMPTION
              || !considered.about().equals(halt)
              || !considered.wasEnough()) {
            notApproved(one.place(), halt, "signing went on without an approval of two persons");
          }
        });
    new ConsentTables(findings, proposals, halted, people).compare(connection);
  }

  static String state(EventKind kind) {
    return switch (kind) {
      case CARRIED_OUT -> "CARRIED_OUT";
      case PROPOSAL_REJECTED -> "REJECTED";
      case PROPOSAL_WITHDRAWN -> "WITHDRAWN";
      case PROPOSAL_EXPIRED -> "EXPIRED";
      default -> "FAILED";
    };
  }

  private void notApproved(Place place, String which, String what) {
    findings.about(place, FindingKind.NOT_APPROVED, which + ": " + what);
  }

  private void differs(Place place, String which, String what) {
    findings.about(place, FindingKind.CONSENT_DIFFERS, Quoted.of(which) + ": " + Quoted.of(what));
  }
}
