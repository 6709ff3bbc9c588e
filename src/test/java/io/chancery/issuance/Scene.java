package io.chancery.issuance;

import io.chancery.hsm.SigningKey;
import io.chancery.profile.Approval;
import io.chancery.profile.Approvals;
import io.chancery.profile.Audience;
import io.chancery.profile.ExtendedKeyUsage;
import io.chancery.profile.KeyUsage;
import io.chancery.profile.NameRule;
import io.chancery.profile.Profile;
import io.chancery.profile.ProfileName;
import io.chancery.profile.StatusSource;
import io.chancery.profile.SubjectRule;
import io.chancery.testing.MemoryKey;
import io.chancery.warrant.SigningSwitch;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.IssuerName;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.SubjectAltName;
import io.chancery.x509.SubjectPublicKey;
import io.chancery.x509.Validity;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A root, an issuer below it and profiles as the shipped ones are, at one moment of time. */
final class Scene {
  static final Instant NOW = Instant.parse("2030-01-02T03:04:05.678Z");
  static final SerialNumber SERIAL = SerialNumber.parse("4a6f686e20446f65277320736572ff01020304ab");
  static final StatusAddresses ADDRESSES =
      new StatusAddresses(URI.create("http://status.internal.test:8080"));
  static final IssuerName ISSUING = new IssuerName("issuing");
  static final Validity ROOT_VALIDITY =
      Validity.starting(Instant.parse("2029-01-01T00:00:00Z"), Duration.ofDays(3650));
  static final Validity ISSUING_VALIDITY =
      Validity.starting(Instant.parse("2029-06-01T00:00:00Z"), Duration.ofDays(1825));

  final SigningKey rootKey;
  final SigningKey issuingKey;
  final AuthorityCertificates certificates =
      new AuthorityCertificates(new SecureRandom(), InstantSource.fixed(NOW));
  final IssuedCertificate root;
  final IssuedCertificate issuing;
  final Issuer issuer;

  Scene() {
    this(MemoryKey.named("root"), MemoryKey.named("issuing"), NameConstraints.NONE);
  }

  /** With so many shards. */
  Scene(int shards) {
    this(
        MemoryKey.named("root"),
        MemoryKey.named("issuing"),
        NameConstraints.NONE,
        new StatusAddresses(ADDRESSES.base(), shards));
  }

  Scene(SigningKey rootKey, SigningKey issuingKey, NameConstraints constraints) {
    this(rootKey, issuingKey, constraints, ADDRESSES);
  }

  private Scene(
      SigningKey rootKey,
      SigningKey issuingKey,
      NameConstraints constraints,
      StatusAddresses addresses) {
    this.rootKey = rootKey;
    this.issuingKey = issuingKey;
    this.root =
        certificates.root(
            rootKey,
            DistinguishedName.parse("O=Example Bank, CN=Example Root"),
            ROOT_VALIDITY,
            Optional.of(1));
    this.issuing =
        certificates.intermediate(
            root,
            rootKey,
            issuingKey.publicKey(),
            DistinguishedName.parse("O=Example Bank, CN=Example Issuing"),
            ISSUING_VALIDITY,
            0,
            constraints);
    this.issuer =
        new Issuer(ISSUING, issuing, List.of(root), issuingKey, addresses, new SigningSwitch());
  }

  static SubjectPublicKey leafKey() {
    return MemoryKey.named("leaf").publicKey();
  }

  static Profile profile(
      String name, StatusSource status, Duration validity, ExtendedKeyUsage... purposes) {
    return new Profile(
        new ProfileName(name),
        name,
        ISSUING,
        Audience.ORGANIZATIONS,
        Set.of(KeyAlgorithm.EC_P256),
        Duration.ofMinutes(5),
        validity,
        validity,
        0.67,
        new SubjectRule(DistinguishedName.EMPTY, Set.of(DistinguishedName.Type.CN)),
        new NameRule(Set.of("dns"), 0, 10, NameRule.Wildcards.ALLOWED, NameRule.CommonName.FREE),
        Set.of(KeyUsage.DIGITAL_SIGNATURE),
        List.of(purposes),
        status,
        0);
  }

  static Profile tlsServer() {
    return profile(
        "tls-server", StatusSource.PUBLISHED, Duration.ofDays(90), ExtendedKeyUsage.SERVER_AUTH);
  }

  static Profile shortLived() {
    return profile(
        "short-lived",
        StatusSource.NO_REVOCATION,
        Duration.ofHours(24),
        ExtendedKeyUsage.SERVER_AUTH,
        ExtendedKeyUsage.CLIENT_AUTH);
  }

  static Profile responder() {
    return profile(
        "ocsp-responder",
        StatusSource.OCSP_NO_CHECK,
        Duration.ofDays(30),
        ExtendedKeyUsage.OCSP_SIGNING);
  }

  static Approval approve(Profile profile, String subject, String... names) {
    return approve(profile, leafKey(), subject, names);
  }

  static Approval approve(Profile profile, SubjectPublicKey key, String subject, String... names) {
    return Approvals.of(
        profile,
        DistinguishedName.parse(subject),
        Stream.of(names).map(SubjectAltName::parse).toList(),
        key,
        profile.validity());
  }

  static Approval server() {
    return approve(tlsServer(), "CN=pay.internal.test", "dns:pay.internal.test", "ip:10.1.2.3");
  }

  IssuedCertificate issue(Approval approval) {
    return issuer.sign(issuer.prepare(approval, SerialNumber.random(new SecureRandom()), NOW));
  }

  ResponderCredential responderCredential(SigningKey key) {
    return new ResponderCredential(
        issue(approve(responder(), key.publicKey(), "CN=OCSP responder")), key);
  }
}
