package io.chancery.issuance;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.hsm.Purpose;
import io.chancery.hsm.SigningKey;
import io.chancery.issuance.der.SignedDer;
import io.chancery.issuance.der.Tbs;
import io.chancery.issuance.lint.Authority;
import io.chancery.issuance.lint.NameConstraintSet;
import io.chancery.issuance.lint.Specimen;
import io.chancery.profile.KeyUsage;
import io.chancery.x509.Der;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.SubjectPublicKey;
import io.chancery.x509.Validity;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * The certificates of authorities, as a ceremony makes or accepts them. All of it is linted before
 * and verified after signing, as the certificates of end entities are.
 */
public final class AuthorityCertificates {
  private static final Set<KeyUsage> USAGE = Set.of(KeyUsage.KEY_CERT_SIGN, KeyUsage.CRL_SIGN);

  private final SecureRandom random;
  private final InstantSource clock;

  public AuthorityCertificates(SecureRandom random, InstantSource clock) {
    this.random = random;
    this.clock = clock;
  }

  /**
   * A root, signed by its own key.
   *
   * @param pathLength how many authorities may stand below one another under it
   */
  public IssuedCertificate root(
      SigningKey key, DistinguishedName name, Validity validity, Optional<Integer> pathLength) {
    Der encodedName = Tbs.encode(name.toX500Name());
    Authority itself =
        new Authority(
            encodedName,
            validity,
            key.publicKey().keyId().hex(),
            key.algorithm(),
            Optional.empty(),
            Optional.empty(),
            NameConstraintSet.NONE);
    BasicConstraints constraints =
        pathLength.map(BasicConstraints::new).orElseGet(() -> new BasicConstraints(true));
    Der tbs =
        Tbs.encode(
            SerialNumber.random(random),
            key.algorithm(),
            encodedName,
            validity,
            encodedName,
            key.publicKey().info(),
            extensions(itself.keyIdentifier(), key.publicKey(), constraints, NameConstraints.NONE));
    Seal seal = new Seal(key, key.publicKey().info(), "root " + name);
    return sign(tbs, itself, seal);
  }

  /** An authority below {@code issuer}; its validity ends no later than the issuer's. */
  public IssuedCertificate intermediate(
      IssuedCertificate issuer,
      SigningKey issuerKey,
      SubjectPublicKey subject,
      DistinguishedName name,
      Validity validity,
      int pathLength,
      NameConstraints names) {
    Signatory above = Signatory.of(issuer, issuerKey);
    Authority authority = authority(above);
    Der tbs =
        Tbs.encode(
            SerialNumber.random(random),
            issuerKey.algorithm(),
            above.certificate().subject(),
            validity,
            Tbs.encode(name.toX500Name()),
            subject.info(),
            extensions(
                authority.keyIdentifier(), subject, new BasicConstraints(pathLength), names));
    return sign(tbs, authority, above.seal());
  }

  /** A PKCS#10 request (RFC 2986) for a key, to have it certified elsewhere. */
  public Der request(SigningKey key, DistinguishedName name) {
    CertificationRequestInfo info =
        new CertificationRequestInfo(
            name.toX500Name(),
            SubjectPublicKeyInfo.getInstance(key.publicKey().info().octets()),
            new DERSet());
    Seal seal = new Seal(key, key.publicKey().info(), "request of " + name);
    return Der.of(seal.set(Purpose.REQUEST, "request of " + name, Tbs.encode(info).octets()));
  }

  /**
   * Checks an authority's certificate that was signed elsewhere: that it is for this key, an
   * authority's, with room below it, constraints that can be read, a chain that verifies, and valid
   * now.
   */
  public IssuedCertificate accept(
      IssuedCertificate returned, SigningKey key, List<IssuedCertificate> chain) {
    String where = "certificate of " + returned.subject();
    Signatory.of(returned, key);
    Chain whole = new Chain(where, returned, chain);
    whole.mustBeAuthority();
    whole.mustHaveSaneConstraints();
    whole.mustVerify();
    whole.mustBeValid(clock.instant());
    return returned;
  }

  /** Checks a root that others hold: signed by itself, an authority's, and valid now. */
  public IssuedCertificate acceptRoot(IssuedCertificate root) {
    Chain alone = new Chain("root " + root.subject(), root, List.of());
    try {
      alone.mustBeAuthority();
      alone.mustVerify();
      alone.mustBeValid(clock.instant());
      return root;
    } catch (IllegalArgumentException unreadable) {
      throw unreadable(root, unreadable);
    }
  }

  /**
   * As the plain {@code accept}, and that its path length and name constraints are those that were
   * agreed on.
   */
  public IssuedCertificate accept(
      IssuedCertificate returned, SigningKey key, List<IssuedCertificate> chain, CaTerms terms) {
    try {
      accept(returned, key, chain);
      terms.mustBeThoseOf("certificate of " + returned.subject(), CaCertificate.of(returned));
      return returned;
    } catch (IllegalArgumentException unreadable) {
      throw unreadable(returned, unreadable);
    }
  }

  /**
   * The CRL that a root leaves behind in its ceremony: number 1, nothing revoked, so that a whole
   * chain can be checked.
   */
  public Der crlOfRoot(IssuedCertificate root, SigningKey key, Validity updates) {
    CrlContent content =
        new CrlContent(
            BigInteger.ONE,
            updates.notBefore(),
            updates.notAfter(),
            new CrlKind.Complete(Optional.empty()));
    return new CrlSigner(Signatory.of(root, key)).sign(content, CrlEntries.in(Path.of(""))).der();
  }

  /** What the library says of an extension that is none of its type. */
  private static PkiException unreadable(
      IssuedCertificate certificate, IllegalArgumentException problem) {
    return new Failure.Misconfigured(
            "certificate of " + certificate.subject(),
            "has an extension that cannot be read",
            "have it made again")
        .because(problem);
  }

  private static List<Extension> extensions(
      String authorityKey,
      SubjectPublicKey subject,
      BasicConstraints constraints,
      NameConstraints names) {
    List<Extension> all = new ArrayList<>();
    all.add(ExtensionParts.authorityKey(authorityKey));
    all.add(ExtensionParts.subjectKey(subject.keyId()));
    all.add(ExtensionParts.keyUsage(USAGE));
    // RFC 5280 s4.2.1.9 and s4.2.1.10: both critical.
    all.add(ExtensionParts.critical(Extension.basicConstraints, constraints));
    names
        .toAsn1()
        .ifPresent(set -> all.add(ExtensionParts.critical(Extension.nameConstraints, set)));
    return all;
  }

  private static Authority authority(Signatory above) {
    CaCertificate certificate = above.certificate();
    return new Authority(
        certificate.subject(),
        certificate.validity(),
        certificate.keyIdentifier(),
        above.seal().algorithm(),
        Optional.empty(),
        certificate.pathLength(),
        NameConstraintSet.of(certificate.nameConstraints().stream().toList()));
  }

  private static IssuedCertificate sign(Der tbs, Authority authority, Seal seal) {
    byte[] whole = ThrowAwayKeys.around(tbs.octets(), seal.algorithm());
    Lints.mustPass(Lints.ofAuthority(), Specimen.of(Der.of(whole), authority));
    byte[] signed = seal.set(Purpose.CERTIFICATE, "authority's certificate", tbs.octets());
    if (!Der.of(SignedDer.body(signed)).equals(tbs)) {
      throw new Failure.BrokenPromise(
              "authority's certificate", "the signed part is not what was prepared")
          .thrown();
    }
    return IssuedCertificate.parse(Der.of(signed));
  }
}
