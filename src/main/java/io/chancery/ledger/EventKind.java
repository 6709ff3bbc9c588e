package io.chancery.ledger;

/** What the roll records. The names are part of the canonical bodies: never rename one. */
public enum EventKind {
  /** A certificate will be signed: the reservation, before the HSM is asked. */
  CERTIFICATE_RESERVED,
  /** A reservation is signed again: the signature before was lost with its process. */
  CERTIFICATE_RESUMED,
  /** A certificate was signed and recorded. */
  CERTIFICATE_ISSUED,
  /** A reservation was given up: its serial will never be a certificate. */
  CERTIFICATE_ABANDONED,
  /** A request was refused. */
  REQUEST_REFUSED,
  CERTIFICATE_HELD,
  CERTIFICATE_RELEASED,
  CERTIFICATE_REVOKED,
  CRL_RESERVED,
  CRL_SIGNED,
  /** A credential was not accepted. */
  LOGIN_FAILED,
  /** A request went no further than the door: a role, a rate, a size or a time said no. */
  REQUEST_TURNED_AWAY,
  ORGANIZATION_CREATED,
  ORGANIZATION_CHANGED,
  ROLE_GRANTED,
  PERSON_CREATED,
  /** Roles, identities, or whether it is served at all. The entry says all of the person. */
  PERSON_CHANGED,
  /** A partner is invited, asks, is admitted, leaves, has left. The entry says all of it. */
  PARTNER_CHANGED,
  TOKEN_CREATED,
  TOKEN_REVOKED,
  RESPONDER_CHANGED,
  /** The authority started with this configuration. */
  CONFIGURATION_LOADED,
  ALERT_RAISED,
  /** A client that asked again and again gets nothing more until an operator says so. */
  CLIENT_PAUSED,
  CLIENT_RESUMED,
  /** How much an organization may ask of a profile. */
  LIMIT_CHANGED,
  /** How often each key has signed since the entry before, and for what. */
  SIGNATURES_COUNTED,
  /** A database that was older than the copy of the roll: what it lacked was done again. */
  LEDGER_REPLAYED,
  /** Many certificates are to be revoked in one step: the hash of the exact list. */
  BULK_REVOCATION_LISTED,
  /** The step, or one of its two: how many it revoked and how many it left. */
  BULK_REVOCATION_STEPPED,
  /** Nothing of the list is left to do. */
  BULK_REVOCATION_DONE,
  /** What was to be revoked is not what was approved: nothing was. */
  BULK_REVOCATION_REFUSED,
  /** A key is known to others than its holder: nobody gets a certificate for it again. */
  KEY_BLOCKED,
  /** A key of the authority's own was reported: people must decide. */
  OWN_KEY_REPORTED,
  /** Two persons accepted that the copy of the roll is lost or differs. */
  LEDGER_LOSS_ACCEPTED,
  /** Something waits for other people's word; the subject of this and the next ones is its id. */
  PROPOSED,
  /** A person has signed that it shall be done. */
  ENDORSED,
  PROPOSAL_REJECTED,
  PROPOSAL_WITHDRAWN,
  PROPOSAL_EXPIRED,
  /** Enough had approved, and it could not be done. */
  PROPOSAL_FAILED,
  /** What was approved is done. */
  CARRIED_OUT,
  /** One person has signed that it shall be done on their word alone. */
  GLASS_BROKEN,
  /** Another person has signed that they looked at what was done alone. */
  GLASS_REVIEWED,
  /** No certificate is signed any more; the subject is the halt's id. */
  SIGNING_HALTED,
  SIGNING_RESUMED,
  /** The machine's clock is not believed any more: both times, and why. */
  CLOCK_STEPPED,
  /** It is believed again. */
  CLOCK_SETTLED;

  /** Whether a signature by an issuer's key follows: this is its only way to be allowed. */
  public boolean allowsSignature() {
    return this == CERTIFICATE_RESERVED || this == CERTIFICATE_RESUMED || this == CRL_RESERVED;
  }
}
