package io.chancery.audit.report;

/** What can be wrong, most important first. */
public enum FindingKind {
  CHECKPOINT_SIGNATURE("a checkpoint is not signed by the log's key, or not by its witnesses"),
  COPY_ROOT("the copy's entries do not add up to its checkpoint"),
  ENTRY_MISSING("an entry of the roll is gone"),
  ENTRY_DIFFERS("an entry is not what was signed"),
  ENTRY_MOVED("an entry stands in another's place"),
  ENTRY_HIDDEN("an entry that nothing will ever publish"),
  COPY_BEHIND("the copy ends before what was published"),
  COPY_MISSING("a file of the copy is gone"),
  COPY_DIFFERS("a file of the copy is not what was signed"),
  CHECKPOINT_DIFFERS("a checkpoint in the database is not the root of its entries"),
  SIGNATURE_UNACCOUNTED("signatures that no entry accounts for"),
  CERTIFICATE_NOT_ON_ROLL("a certificate in the book that no entry tells of"),
  CERTIFICATE_NOT_IN_BOOK("a certificate on the roll that the book does not know"),
  CERTIFICATE_TWICE("two certificates, or two reservations, for one serial"),
  CERTIFICATE_DIFFERS("a certificate in the book is not the one on the roll"),
  NOT_APPROVED("a deed that takes several persons, without them"),
  CONSENT_DIFFERS("a proposal, or what people signed about it, is not what the roll says"),
  STATUS_DIFFERS("a certificate's status is not what the entries add up to"),
  RESERVATION_DIFFERS("a reservation in the book is not the one on the roll"),
  ENTRIES_CONTRADICT("entries that cannot follow one another"),
  CRL_DIFFERS("CRLs, or their numbers, are not those on the roll"),
  REQUEST_KEY_DIFFERS("a request key is not bound to what the roll says"),
  ACCESS_DIFFERS("an organization, role or token is not what the roll says"),
  BULK_REVOCATION_DIFFERS("a list of certificates to revoke is not the one on the roll"),
  BLOCKED_KEY_DIFFERS("a blocked key is not what the roll says"),
  RESPONDER_DIFFERS("the OCSP responder in use is not the one on the roll"),
  ENTRY_COLUMNS("an entry's columns do not say what its body says"),
  ENTRY_UNREADABLE("an entry's body is no event"),
  TILE_DIFFERS("a tile in the database is not what its entries add up to");

  private final String meaning;

  FindingKind(String meaning) {
    this.meaning = meaning;
  }

  /** Whether an entry itself is gone or another one. */
  public boolean isOfRoll() {
    return this == ENTRY_MISSING || this == ENTRY_DIFFERS || this == ENTRY_MOVED;
  }

  public String meaning() {
    return meaning;
  }
}
