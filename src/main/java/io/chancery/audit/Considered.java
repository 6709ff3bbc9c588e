package io.chancery.audit;

import io.chancery.audit.report.Place;
import io.chancery.warrant.DetachedJws;
import io.chancery.warrant.Endorsement;
import io.chancery.warrant.Register;
import io.chancery.warrant.Terms;
import io.chancery.warrant.Warrant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A proposal as the roll tells of it, and what people signed, one after the other. */
final class Considered {
  private final Place place;
  private final Terms terms;
  private final String about;
  private final List<Word> words = new ArrayList<>();
  private Optional<String> closed = Optional.empty();
  private boolean enough;

  /** A signed word that was found good when it was said, and the certificate behind it. */
  record Word(Place place, Endorsement said, DetachedJws.Signed signed, Instant at) {}

  Considered(Place place, Terms terms, String about) {
    this.place = place;
    this.terms = terms;
    this.about = about;
  }

  Place place() {
    return place;
  }

  Terms terms() {
    return terms;
  }

  String about() {
    return about;
  }

  List<Word> words() {
    return words;
  }

  /** How it ended; empty while it is open. */
  Optional<String> closed() {
    return closed;
  }

  /** Whether enough persons had signed when it was carried out. */
  boolean wasEnough() {
    return enough;
  }

  void say(Word word) {
    words.add(word);
  }

  void close(String how, boolean withEnough) {
    closed = Optional.of(how);
    enough = withEnough;
  }

  /** By the words alone: each was held against its person's entry when it was said. */
  boolean isEnough(int need) {
    Register asSaid = (signed, said, any) -> Optional.of(said.person());
    return new Warrant(terms, words.stream().map(Word::said).toList()).isEnough(need, asSaid);
  }
}
