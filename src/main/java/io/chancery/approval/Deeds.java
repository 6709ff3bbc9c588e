package io.chancery.approval;

import io.chancery.Caller;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.warrant.Endorsement;
import io.chancery.warrant.Terms;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * The events of this room. What was signed stands on the roll whole; the octets that it is about as
 * well, unless they are too many for an entry: then by their hash.
 */
final class Deeds {
  /** What fits into an entry with everything else there is. */
  private static final int WHOLE = 32_768;

  private Deeds() {}

  static Event proposed(Proposal proposal, Instant at) {
    Terms terms = proposal.terms();
    Map<String, String> facts = new TreeMap<>();
    facts.put("deed", terms.deed().name());
    facts.put("about", proposal.subject());
    facts.put("sha256", terms.sha256().hex());
    facts.put("need", String.valueOf(terms.need()));
    facts.put("proposer", terms.proposer());
    facts.put("proposed", terms.proposed().toString());
    facts.put("expires", terms.expires().toString());
    facts.put("summary", proposal.summary());
    facts.put("comment", proposal.comment());
    facts.put(
        "exact", proposal.exact().length() <= WHOLE ? Event.octets(proposal.exact().octets()) : "");
    return event(at, EventKind.PROPOSED, proposal.proposedBy(), terms, facts);
  }

  static Event said(Caller by, Terms terms, Endorsement word, Instant at) {
    EventKind kind =
        switch (word.verdict()) {
          case APPROVE -> EventKind.ENDORSED;
          case BREAK_GLASS -> EventKind.GLASS_BROKEN;
          case REVIEW -> EventKind.GLASS_REVIEWED;
        };
    Map<String, String> facts = new TreeMap<>();
    facts.put("deed", terms.deed().name());
    facts.put("person", word.person());
    facts.put("comment", word.comment());
    facts.put("jws", word.jws());
    return event(at, kind, by.name(), terms, facts);
  }

  static Event closed(EventKind how, String by, Proposal proposal, String what, Instant at) {
    return event(
        at,
        how,
        by,
        proposal.terms(),
        Map.of(
            "deed",
            proposal.terms().deed().name(),
            "about",
            proposal.subject(),
            "sha256",
            proposal.terms().sha256().hex(),
            "outcome",
            what));
  }

  private static Event event(
      Instant at, EventKind kind, String by, Terms terms, Map<String, String> facts) {
    return new Event(at, kind, by, terms.organization(), terms.proposal().toString(), facts);
  }
}
