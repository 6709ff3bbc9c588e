package io.chancery.issuance;

import io.chancery.Failure;
import io.chancery.hsm.Purpose;
import io.chancery.issuance.der.DerTime;
import io.chancery.issuance.der.SignedDer;
import io.chancery.issuance.der.Tbs;
import io.chancery.x509.Der;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.RevocationReason;
import io.chancery.x509.SignatureAlgorithm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.CertStatus;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.asn1.ocsp.ResponderID;
import org.bouncycastle.asn1.ocsp.ResponseBytes;
import org.bouncycastle.asn1.ocsp.ResponseData;
import org.bouncycastle.asn1.ocsp.RevokedInfo;
import org.bouncycastle.asn1.ocsp.SingleResponse;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;

/** Signs OCSP answers (RFC 6960 s4.2). */
public final class OcspSigner {
  private static final int LONGEST_NONCE = 128;

  private OcspSigner() {}

  /**
   * The whole OCSPResponse, status successful.
   *
   * @param responder who signs for the issuer; empty where the issuer itself does
   * @param nonce the question's, echoed
   */
  public static Der sign(
      Issuer issuer,
      Optional<ResponderCredential> responder,
      List<SingleAnswer> answers,
      Instant producedAt,
      Optional<byte[]> nonce) {
    responder.ifPresent(delegate -> AnswerSigner.mustBeOf(issuer, delegate));
    Signatory signatory =
        responder.map(ResponderCredential::signatory).orElseGet(issuer::signatory);
    return sign(
        signatory,
        responder.map(ResponderCredential::certificate),
        answers,
        producedAt,
        nonce,
        signatory.seal().algorithm());
  }

  static Der sign(
      Signatory signatory,
      Optional<IssuedCertificate> delegate,
      List<SingleAnswer> answers,
      Instant producedAt,
      Optional<byte[]> nonce,
      SignatureAlgorithm algorithm) {
    ResponseData data =
        new ResponseData(
            responderId(signatory),
            DerTime.generalized(producedAt),
            new DERSequence(answers.stream().map(OcspSigner::single).toArray(ASN1Encodable[]::new)),
            extensions(answers, nonce).orElse(null));
    byte[] body = Tbs.encode(data).octets();
    byte[] signature =
        signatory.seal().sign(Purpose.OCSP, algorithm, "OCSP answer", body, Scrutiny.ALWAYS);
    byte[] certificates =
        delegate.map(one -> AnswerForm.certificates(one.der())).orElse(new byte[0]);
    return successful(SignedDer.wrap(body, algorithm, signature, certificates));
  }

  /** OCSPResponse { successful, [0] { id-pkix-ocsp-basic, OCTET STRING { basic } } }. */
  private static Der successful(byte[] basic) {
    return Tbs.encode(
        new OCSPResponse(
            new OCSPResponseStatus(OCSPResponseStatus.SUCCESSFUL),
            new ResponseBytes(
                OCSPObjectIdentifiers.id_pkix_ocsp_basic, new DEROctetString(basic))));
  }

  /** RFC 6960 s4.2.1: byKey is the SHA-1 hash of the responder's key, whatever CertIDs use. */
  private static ResponderID responderId(Signatory signatory) {
    return new ResponderID(
        new DEROctetString(IssuerHashes.hash("SHA-1", signatory.certificate().keyBits())));
  }

  private static SingleResponse single(SingleAnswer answer) {
    CertId id = answer.certId();
    return new SingleResponse(
        new CertID(
            new AlgorithmIdentifier(new ASN1ObjectIdentifier(id.hashOid()), DERNull.INSTANCE),
            new DEROctetString(id.nameHash()),
            new DEROctetString(id.keyHash()),
            new ASN1Integer(id.serial())),
        status(answer.status()),
        DerTime.generalized(answer.thisUpdate()),
        DerTime.generalized(answer.nextUpdate()),
        answer.archiveCutoff().map(OcspSigner::archiveCutoff).orElse(null));
  }

  /** RFC 6960 s4.4.4: producedAt less the time for which ended certificates are remembered. */
  private static Extensions archiveCutoff(Instant cutoff) {
    return new Extensions(
        ExtensionParts.plain(
            OCSPObjectIdentifiers.id_pkix_ocsp_archive_cutoff, DerTime.generalized(cutoff)));
  }

  private static CertStatus status(SingleAnswer.Status status) {
    return switch (status) {
      case SingleAnswer.Status.Good good -> new CertStatus();
      case SingleAnswer.Status.Revoked revoked ->
          new CertStatus(
              new RevokedInfo(
                  DerTime.generalized(revoked.at()), reason(revoked.reason()).orElse(null)));
      case SingleAnswer.Status.Unknown unknown -> new CertStatus(2, DERNull.INSTANCE);
    };
  }

  /** RFC 5280 s5.3.1, which RFC 6960 takes over: unspecified is said by saying nothing. */
  private static Optional<CRLReason> reason(RevocationReason reason) {
    return reason == RevocationReason.UNSPECIFIED
        ? Optional.empty()
        : Optional.of(CRLReason.lookup(reason.code()));
  }

  private static Optional<Extensions> extensions(
      List<SingleAnswer> answers, Optional<byte[]> nonce) {
    List<Extension> all = new ArrayList<>();
    nonce.ifPresent(octets -> all.add(nonce(octets)));
    // RFC 6960 s4.4.8: MUST be there when a serial that was never issued is answered revoked.
    if (answers.stream().anyMatch(a -> a.status().equals(SingleAnswer.Status.NEVER_ISSUED))) {
      all.add(
          ExtensionParts.plain(
              OCSPObjectIdentifiers.id_pkix_ocsp_extended_revoke, DERNull.INSTANCE));
    }
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new Extensions(all.toArray(Extension[]::new)));
  }

  /** RFC 9654 s2.1: the nonce is an OCTET STRING of 1 to 128 octets within the extension. */
  private static Extension nonce(byte[] octets) {
    if (octets.length < 1 || octets.length > LONGEST_NONCE) {
      throw new Failure.Malformed(
              "OCSP request",
              "nonce",
              octets.length + " octets, not 1 to " + LONGEST_NONCE,
              "RFC 9654 s2.1")
          .thrown();
    }
    return ExtensionParts.plain(
        OCSPObjectIdentifiers.id_pkix_ocsp_nonce, new DEROctetString(octets));
  }
}
