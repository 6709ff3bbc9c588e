package io.chancery.profile;

/** Who may ask for a certificate of a profile. */
public enum Audience {
  /** Any organization that is allowed the profile. */
  ORGANIZATIONS,
  /** Only the authority itself, for its own responders. */
  AUTHORITY
}
