package io.chancery.issuance;

import io.chancery.Failure;
import io.chancery.hsm.Purpose;
import io.chancery.hsm.SigningKey;
import io.chancery.issuance.der.SignedDer;
import io.chancery.issuance.lint.Authority;
import io.chancery.issuance.lint.NameConstraintSet;
import io.chancery.issuance.lint.Specimen;
import io.chancery.profile.Approval;
import io.chancery.warrant.Deed;
import io.chancery.warrant.ExactBytes;
import io.chancery.warrant.Register;
import io.chancery.warrant.SigningSwitch;
import io.chancery.warrant.Warrant;
import io.chancery.x509.CrlScope;
import io.chancery.x509.Der;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.IssuerName;
import io.chancery.x509.KeyId;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.Validity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One issuing authority: its certificate, its chain and its key.
 *
 * <p>A certificate takes two steps, with the caller's reservation between them: {@link #prepare}
 * lays it out and lints it, {@link #sign} has the token sign exactly these octets.
 */
public final class Issuer {
  private final IssuerName name;
  private final IssuedCertificate certificate;
  private final List<IssuedCertificate> chain;
  private final KeyId keyId;
  private final Signatory signatory;
  private final Template template;
  private final Authority authority;
  private final CrlSigner crls;
  private final SigningSwitch signing;

  /**
   * @param chain the certificate's own issuers, upwards, the root last
   * @param addresses where this issuer's status is published
   * @param signing whether certificates may be signed at all
   */
  public Issuer(
      IssuerName name,
      IssuedCertificate certificate,
      List<IssuedCertificate> chain,
      SigningKey key,
      StatusAddresses addresses,
      SigningSwitch signing) {
    this.name = name;
    this.certificate = certificate;
    this.chain = List.copyOf(chain);
    this.keyId = key.id();
    this.signatory = Signatory.of(certificate, key);
    this.template = new Template(name, signatory.certificate(), key.algorithm(), addresses);
    this.authority = authority(addresses);
    this.crls = new CrlSigner(signatory);
    this.signing = signing;
  }

  /** Builds the certificate and lints it under a signature of no key. Nothing is signed. */
  public PreparedCertificate prepare(Approval approval, SerialNumber serial, Instant now) {
    Der tbs = template.draft(approval, serial, now).tbs();
    return promise(tbs, specimen(tbs), approval.profile().approvals());
  }

  /**
   * A reservation whose signature never came: the same bytes, linted again. {@code Malformed} where
   * they are no certificate, {@code Conflict} where they name another issuer.
   *
   * @param approvals how many persons must have approved them; at least what stood in the promise
   */
  public PreparedCertificate resume(Der tbs, int approvals) {
    Specimen specimen = specimen(tbs);
    if (!specimen.issuerName().equals(authority.name())) {
      throw new Failure.Conflict(
              "reservation",
              "names another issuer than " + name,
              "resume it with the issuer that prepared it")
          .thrown();
    }
    return promise(tbs, specimen, approvals);
  }

  /** What {@link #prepare} would make, with every rule's word on it; for the preview. */
  public Examination examine(Approval approval, SerialNumber serial, Instant now) {
    Template.Draft draft = template.draft(approval, serial, now);
    return new Examination(
        draft.tbs(), draft.validity(), Lints.judge(Lints.ofEndEntity(), specimen(draft.tbs())));
  }

  /**
   * Signs in the HSM, once, and compares what came out with the promise. A crash or an error here
   * leaves the caller's reservation, which {@link #resume} takes up with the same bytes. {@code
   * Refused} where other people must approve it first.
   */
  public IssuedCertificate sign(PreparedCertificate prepared) {
    if (prepared.approvals() > 0) {
      throw new Failure.Refused(
              "four-eyes",
              "certificate " + prepared.serial() + " takes " + prepared.approvals() + " approvals",
              "have it approved")
          .thrown();
    }
    return signed(prepared);
  }

  /**
   * The same for what other people must approve: whatever anyone has written into a table, their
   * signatures over exactly these octets are verified here, before the token is asked.
   */
  public IssuedCertificate sign(
      PreparedCertificate prepared, Warrant warrant, Register register, Instant now) {
    warrant.mustCover(
        Deed.CERTIFICATE,
        ExactBytes.of(prepared.tbs().octets()),
        prepared.approvals(),
        register,
        now);
    return signed(prepared);
  }

  private IssuedCertificate signed(PreparedCertificate prepared) {
    signing.mustBeOn();
    prepared.redeem(certificate.thumbprint());
    String what = "certificate " + prepared.serial();
    byte[] signed = signatory.seal().set(Purpose.CERTIFICATE, what, prepared.tbs().octets());
    IssuedCertificate issued = IssuedCertificate.parse(Der.of(signed));
    if (!Der.of(SignedDer.body(signed)).equals(prepared.tbs())
        || !issued.serial().equals(prepared.serial())) {
      throw new Failure.BrokenPromise(what, "the signed part is not what was prepared").thrown();
    }
    return issued;
  }

  /** A CRL (RFC 5280 s5); it reads the entries whenever it is read itself. */
  public SignedCrl signCrl(CrlContent content, CrlEntries entries) {
    return crls.sign(content, entries);
  }

  public IssuerName name() {
    return name;
  }

  public IssuedCertificate certificate() {
    return certificate;
  }

  public List<IssuedCertificate> chain() {
    return chain;
  }

  public KeyId keyId() {
    return keyId;
  }

  Signatory signatory() {
    return signatory;
  }

  private PreparedCertificate promise(Der tbs, Specimen specimen, int approvals) {
    Lints.mustPass(Lints.ofEndEntity(), specimen);
    return new PreparedCertificate(
        name,
        certificate.thumbprint(),
        new SerialNumber(specimen.serial().getValue()),
        new Validity(specimen.notBefore(), specimen.notAfter()),
        tbs,
        approvals);
  }

  private Specimen specimen(Der tbs) {
    byte[] whole = ThrowAwayKeys.around(tbs.octets(), signatory.seal().algorithm());
    return Specimen.of(Der.of(whole), authority);
  }

  private Authority authority(StatusAddresses addresses) {
    CaCertificate own = signatory.certificate();
    return new Authority(
        own.subject(),
        own.validity(),
        own.keyIdentifier(),
        signatory.seal().algorithm(),
        Optional.of(
            new Authority.Addresses(
                addresses.crl(name, CrlScope.WHOLE),
                addresses.delta(name),
                addresses.ocsp(),
                addresses.certificate(name))),
        own.pathLength(),
        NameConstraintSet.of(
            Stream.concat(Stream.of(own), chain.stream().map(CaCertificate::of))
                .flatMap(one -> one.nameConstraints().stream())
                .toList()));
  }
}
