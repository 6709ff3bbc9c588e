package io.chancery.issuance;

import io.chancery.Failure;
import io.chancery.hsm.Purpose;
import io.chancery.x509.Der;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.IssuerName;
import io.chancery.x509.SignatureAlgorithm;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who signs an issuer's OCSP answers (RFC 6960 s4.2.2.2): a delegate of it, or it itself. */
public final class AnswerSigner {
  /** Verifying takes longer than signing: one fresh answer in so many is verified. */
  private static final int SAMPLED = 64;

  private static final String WHAT = "OCSP answer";

  private final Issuer issuer;
  private final Optional<IssuedCertificate> delegate;
  private final Signatory signatory;
  private final Map<OcspHash, AnswerForm> forms = new EnumMap<>(OcspHash.class);
  private final Scrutiny sampled = Scrutiny.oneIn(SAMPLED);

  private AnswerSigner(Issuer issuer, Optional<ResponderCredential> credential) {
    this.issuer = issuer;
    this.delegate = credential.map(ResponderCredential::certificate);
    this.signatory = credential.map(ResponderCredential::signatory).orElseGet(issuer::signatory);
    for (OcspHash hash : OcspHash.values()) {
      CertIdStem stem = CertIdStem.of(issuer.name(), issuer.certificate(), hash);
      forms.put(
          hash,
          delegate
              .map(one -> AnswerForm.delegated(stem, one))
              .orElseGet(() -> AnswerForm.itself(stem, issuer.certificate())));
    }
  }

  public static AnswerSigner delegated(Issuer issuer, ResponderCredential credential) {
    mustBeOf(issuer, credential);
    return new AnswerSigner(issuer, Optional.of(credential));
  }

  /** RFC 6960 s4.2.2.2: the issuer's own key may sign. */
  public static AnswerSigner itself(Issuer issuer) {
    return new AnswerSigner(issuer, Optional.empty());
  }

  public IssuerName issuer() {
    return issuer.name();
  }

  /** The delegate's certificate; empty where the issuer signs itself. */
  public Optional<IssuedCertificate> delegate() {
    return delegate;
  }

  /** No answer may hold longer than the certificate that it is verified with. */
  public Instant end() {
    return signatory.certificate().validity().notAfter();
  }

  public AnswerForm form(OcspHash hash) {
    AnswerForm form = forms.get(hash);
    if (form == null) {
      throw new IllegalStateException("there is a form for each hash");
    }
    return form;
  }

  /**
   * Of those that the client would like, the first that this key can make (RFC 6960 s4.4.7.2.1).
   */
  public Optional<SignatureAlgorithm> firstOf(List<SignatureAlgorithm> preferred) {
    return preferred.stream().filter(signatory.seal()::can).findFirst();
  }

  /** The key's own algorithm, where the client has no wish that can be met (s4.4.7.2.2). */
  public SignatureAlgorithm algorithm() {
    return signatory.seal().algorithm();
  }

  /** The signature of an answer that is kept, verified. */
  public byte[] signKept(byte[] body) {
    return signatory.seal().sign(Purpose.OCSP, algorithm(), WHAT, body, Scrutiny.ALWAYS);
  }

  /** The signature of an answer for one client, verified by samples. */
  public byte[] signFresh(byte[] body) {
    return signatory.seal().sign(Purpose.OCSP, algorithm(), WHAT, body, sampled);
  }

  /** An answer of any shape, verified. */
  public Der sign(
      List<SingleAnswer> answers,
      Instant producedAt,
      Optional<byte[]> nonce,
      SignatureAlgorithm algorithm) {
    return OcspSigner.sign(signatory, delegate, answers, producedAt, nonce, algorithm);
  }

  /** RFC 6960 s4.2.2.2: the delegate's certificate MUST be issued directly by the issuer. */
  static void mustBeOf(Issuer issuer, ResponderCredential responder) {
    if (!responder
        .signatory()
        .certificate()
        .issuer()
        .equals(issuer.signatory().certificate().subject())) {
      throw new Failure.Misconfigured(
              "OCSP responder",
              "its certificate is of another issuer than " + issuer.name(),
              "certify the responder's key with the issuer it answers for")
          .thrown();
    }
  }
}
