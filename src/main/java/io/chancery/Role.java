package io.chancery;

/** What a caller may do. Each route names the roles it serves; nothing is served by default. */
public enum Role {
  /** Requests, renews and revokes certificates of its own organization. */
  SERVICE,
  /** Requests and renews certificates of its own organization, and revokes nothing. */
  REQUESTER,
  /** Is the second person: reads what was proposed and signs for it, or says no. */
  APPROVER,
  /** Acts for organizations: onboards, issues on behalf, revokes. */
  OPERATOR,
  /** Reads everything, changes nothing. */
  AUDITOR,
  /** Everything an operator may, and the authority's own settings. */
  ADMIN
}
