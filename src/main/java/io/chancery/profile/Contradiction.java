package io.chancery.profile;

import static io.chancery.profile.ExtendedKeyUsage.CLIENT_AUTH;
import static io.chancery.profile.ExtendedKeyUsage.CODE_SIGNING;
import static io.chancery.profile.ExtendedKeyUsage.EMAIL_PROTECTION;
import static io.chancery.profile.ExtendedKeyUsage.OCSP_SIGNING;
import static io.chancery.profile.ExtendedKeyUsage.SERVER_AUTH;
import static io.chancery.profile.KeyUsage.CRL_SIGN;
import static io.chancery.profile.KeyUsage.DATA_ENCIPHERMENT;
import static io.chancery.profile.KeyUsage.DECIPHER_ONLY;
import static io.chancery.profile.KeyUsage.DIGITAL_SIGNATURE;
import static io.chancery.profile.KeyUsage.ENCIPHER_ONLY;
import static io.chancery.profile.KeyUsage.KEY_AGREEMENT;
import static io.chancery.profile.KeyUsage.KEY_CERT_SIGN;
import static io.chancery.profile.KeyUsage.KEY_ENCIPHERMENT;

import io.chancery.Failure;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.KeyAlgorithm.Family;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * What a profile must not say, because no certificate could be issued by it, or none that anybody
 * should accept. Each is found at the start and refuses it; none waits for the first request.
 */
enum Contradiction {
  NO_KEYS(
      "keys",
      profile -> profile.keys().isEmpty(),
      "no kind of key is listed, so no request could pass",
      "list kinds such as [ec-p256, rsa-3072]"),

  // RFC 5280 s4.2.1.3: when the extension is present, at least one bit is set.
  NO_KEY_USAGE(
      "key-usage",
      profile -> profile.keyUsage().isEmpty(),
      "no use of the key is listed",
      "list [digitalSignature]"),
  AUTHORITY_KEY_USAGE(
      "key-usage",
      profile -> uses(profile, KEY_CERT_SIGN) || uses(profile, CRL_SIGN),
      "keyCertSign and cRLSign are for issuers, and an issuer is made by the ceremony only",
      "take them out"),
  // RFC 8813 s3: keys of id-ecPublicKey encipher nothing. RFC 8410 s5: nor do those of Ed25519.
  ENCIPHERMENT_WITHOUT_RSA(
      "key-usage",
      profile ->
          (uses(profile, KEY_ENCIPHERMENT) || uses(profile, DATA_ENCIPHERMENT))
              && !everyKeyIs(profile, Family.RSA),
      "keyEncipherment and dataEncipherment are for RSA keys, and other kinds are listed in keys",
      "take them out, TLS 1.2 with ECDHE and TLS 1.3 do not need them; or list only rsa kinds"),
  // RFC 3279 s2.3.1 (RSA) and RFC 8410 s5 (Ed25519): neither agrees on keys.
  AGREEMENT_WITHOUT_EC(
      "key-usage",
      profile -> uses(profile, KEY_AGREEMENT) && !everyKeyIs(profile, Family.EC),
      "keyAgreement is for EC keys, and other kinds are listed in keys",
      "take it out, or list only ec kinds"),
  // RFC 5280 s4.2.1.3: without keyAgreement the meaning of both bits is undefined.
  ONLY_WITHOUT_AGREEMENT(
      "key-usage",
      profile ->
          (uses(profile, ENCIPHER_ONLY) || uses(profile, DECIPHER_ONLY))
              && !uses(profile, KEY_AGREEMENT),
      "encipherOnly and decipherOnly mean nothing without keyAgreement",
      "take them out"),

  // RFC 5280 s4.2.1.12: without the extension a certificate is good for every purpose.
  NO_PURPOSE(
      "extended-key-usage",
      profile -> profile.extendedKeyUsage().isEmpty(),
      "no purpose is listed, which would make a certificate for every purpose",
      "list what it is for, such as [serverAuth]"),
  // RFC 5280 s4.2.1.12: each of these purposes signs; TLS 1.3 knows nothing else (RFC 8446
  // s4.4.2.2).
  PURPOSE_WITHOUT_SIGNATURE(
      "key-usage",
      profile ->
          (is(profile, SERVER_AUTH)
                  || is(profile, CLIENT_AUTH)
                  || is(profile, CODE_SIGNING)
                  || is(profile, OCSP_SIGNING))
              && !uses(profile, DIGITAL_SIGNATURE),
      "the purposes listed in extended-key-usage need digitalSignature",
      "add digitalSignature"),
  OCSP_WITH_OTHER_PURPOSE(
      "extended-key-usage",
      profile -> is(profile, OCSP_SIGNING) && profile.extendedKeyUsage().size() > 1,
      "OCSPSigning stands beside another purpose: one key would speak for the issuer and for itself",
      "make a profile with OCSPSigning alone"),
  OCSP_FOR_ORGANIZATIONS(
      "audience",
      profile -> is(profile, OCSP_SIGNING) && profile.audience() == Audience.ORGANIZATIONS,
      "whoever holds OCSPSigning answers for every certificate of the issuer",
      "write audience: authority"),

  SERVER_WITHOUT_HOST(
      "names.kinds",
      profile -> is(profile, SERVER_AUTH) && !gives(profile, "dns") && !gives(profile, "ip"),
      "serverAuth without dns or ip: no client could tell whom it reached",
      "add dns or ip, or take serverAuth out"),
  EMAIL_WITHOUT_MAILBOX(
      "names.kinds",
      profile -> is(profile, EMAIL_PROTECTION) && !gives(profile, "email"),
      "emailProtection without email: no mail program could tell whose it is",
      "add email, or take emailProtection out"),
  LEAST_BELOW_NOTHING(
      "names.least", profile -> profile.names().least() < 0, "is below 0", "write 0 or more"),
  LEAST_ABOVE_MOST(
      "names.least",
      profile -> profile.names().least() > profile.names().most(),
      "is more than names.most, so no request could pass",
      "write a least that is not more than most"),
  MOST_TOO_MANY(
      "names.most",
      profile -> profile.names().most() > 100,
      "is more than 100, and every handshake carries all names",
      "write 100 or less"),
  NAMES_WITHOUT_KIND(
      "names.kinds",
      profile -> profile.names().kinds().isEmpty() && profile.names().most() > 0,
      "no kind is listed, and names.most is not 0",
      "list kinds such as [dns, ip], or write most: 0"),
  WILDCARD_WITHOUT_DNS(
      "names.wildcards",
      profile ->
          profile.names().wildcards() == NameRule.Wildcards.ALLOWED && !gives(profile, "dns"),
      "wildcards are allowed where no dns names are",
      "write wildcards: refused, or add dns to kinds"),
  NAME_WITHOUT_HOST(
      "names.common-name",
      profile -> isName(profile) && !gives(profile, "dns") && !gives(profile, "ip"),
      "is-a-name, and neither dns nor ip is in kinds",
      "write common-name: free, or add dns or ip to kinds"),
  NAME_NOT_FROM_REQUEST(
      "names.common-name",
      profile ->
          isName(profile) && !profile.subject().fromRequest().contains(DistinguishedName.Type.CN),
      "is-a-name, and subject.from-request does not take CN",
      "add CN to subject.from-request, or write common-name: free"),

  FIXED_AND_FROM_REQUEST(
      "subject.fixed",
      profile ->
          profile.subject().fixed().attributes().stream()
              .anyMatch(one -> profile.subject().fromRequest().contains(one.type())),
      "holds a type that is in subject.from-request as well",
      "keep the type in one of the two"),
  NOBODY(
      "names.least",
      profile ->
          profile.names().least() == 0
              && profile.names().most() == 0
              && profile.subject().fromRequest().isEmpty()
              && profile.subject().fixed().isEmpty(),
      "no name and no subject: the certificate would be nobody's",
      "take CN in subject.from-request, or give names"),

  LONGER_THAN_LONGEST(
      "validity",
      profile -> profile.validity().compareTo(profile.longest()) > 0,
      "is longer than longest",
      "write a validity that is not longer than longest"),
  NOT_LONGER_THAN_BACKDATE(
      "validity",
      profile -> profile.validity().compareTo(profile.backdate()) <= 0,
      "is not longer than backdate: the certificate would have ended when it is issued",
      "write a longer validity or a shorter backdate"),
  RENEW_OUTSIDE(
      "renew-after",
      profile -> !(profile.renewAfter() > 0 && profile.renewAfter() < 1),
      "is not between 0 and 1",
      "write the part of the lifetime after which renewal is due, such as 0.67"),
  RENEW_WITHIN_BACKDATE(
      "renew-after",
      profile ->
          profile.validity().toSeconds() * profile.renewAfter() <= profile.backdate().toSeconds(),
      "falls into backdate: renewal would be due when the certificate is issued",
      "write a larger part or a shorter backdate"),

  // RFC 9608 s1: noRevAvail is for certificates so short-lived that revocation brings nothing.
  NO_REVOCATION_TOO_LONG(
      "longest",
      profile ->
          profile.status() == StatusSource.NO_REVOCATION
              && profile.longest().compareTo(Duration.ofDays(7)) > 0,
      "is more than 7d, which is too long for certificates that nobody can revoke",
      "write 7d or less, or status: published"),
  // RFC 6960 s4.2.2.2.1: id-pkix-ocsp-nocheck is a responder certificate's.
  NO_CHECK_WITHOUT_OCSP(
      "status",
      profile -> profile.status() == StatusSource.OCSP_NO_CHECK && !is(profile, OCSP_SIGNING),
      "ocsp-no-check is for OCSP responders, and OCSPSigning is not in extended-key-usage",
      "write status: published"),
  OCSP_WITHOUT_NO_CHECK(
      "status",
      profile -> is(profile, OCSP_SIGNING) && profile.status() != StatusSource.OCSP_NO_CHECK,
      "a responder's certificate that is itself to be checked by OCSP makes validators go in circles",
      "write status: ocsp-no-check"),

  APPROVALS_OUT_OF_RANGE(
      "approvals",
      profile -> profile.approvals() < 0 || profile.approvals() > 20,
      "is not between 0 and 20",
      "write how many persons must approve each certificate, or leave it out"),
  // The authority's timers renew what it lives on: nobody would be there to sign.
  APPROVALS_FOR_AUTHORITY(
      "approvals",
      profile -> profile.approvals() > 0 && profile.audience() == Audience.AUTHORITY,
      "nobody approves what the authority issues to itself, so it would end with its certificates",
      "take it out");

  private final String key;

  @SuppressWarnings("ImmutableEnumChecker") // Each is a lambda that holds nothing.
  private final Predicate<Profile> shows;

  private final String reason;
  private final String remedy;

  Contradiction(String key, Predicate<Profile> shows, String reason, String remedy) {
    this.key = key;
    this.shows = shows;
    this.reason = reason;
    this.remedy = remedy;
  }

  /** Refuses the start with the first contradiction in the profile, if there is one. */
  static void refuseAnyIn(Profile profile, String file) {
    for (Contradiction one : values()) {
      if (one.shows.test(profile)) {
        throw one.in(file).thrown();
      }
    }
  }

  Failure in(String file) {
    return new Failure.Misconfigured(file + ", " + key, reason, remedy);
  }

  private static boolean uses(Profile profile, KeyUsage bit) {
    return profile.keyUsage().contains(bit);
  }

  private static boolean is(Profile profile, ExtendedKeyUsage purpose) {
    return profile.extendedKeyUsage().contains(purpose);
  }

  private static boolean gives(Profile profile, String kind) {
    return profile.names().kinds().contains(kind);
  }

  private static boolean isName(Profile profile) {
    return profile.names().commonName() == NameRule.CommonName.IS_A_NAME;
  }

  private static boolean everyKeyIs(Profile profile, Family family) {
    return profile.keys().stream().allMatch(key -> key.family() == family);
  }
}
