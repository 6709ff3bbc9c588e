package io.chancery.ledger;

/** What the roll records. The names are part of the canonical bodies: never rename one. */
public enum EventKind {
  /** A certificate will be signed: the reservation, before the HSM is asked. */
  CERTIFICATE_RESERVED,
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
  ORGANIZATION_CREATED,
  ORGANIZATION_CHANGED,
  ROLE_GRANTED,
  TOKEN_CREATED,
  TOKEN_REVOKED,
  RESPONDER_CHANGED,
  /** The authority started with this configuration. */
  CONFIGURATION_LOADED,
  ALERT_RAISED
}
