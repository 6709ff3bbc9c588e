package io.chancery.issuance;

import io.chancery.issuance.der.DerBuffer;
import io.chancery.issuance.der.SignedDer;
import io.chancery.issuance.der.Tbs;
import io.chancery.x509.Der;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.RevocationReason;
import io.chancery.x509.SignatureAlgorithm;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * The shape of an OCSP answer about one certificate (RFC 6960 s4.2.1), its constant parts encoded
 * once: one issuer, one hash of the CertID, one signer. The same octets as {@link OcspSigner}
 * makes, at a hundredth of the cost, so that a kept answer is its few facts and its signature.
 */
public final class AnswerForm {
  private static final int CONTEXT_0 = 0xa0;
  private static final int CONTEXT_1 = 0xa1;
  private static final int CONTEXT_2 = 0xa2;
  private static final int ENUMERATED = 0x0a;
  private static final int BIT_STRING = 0x03;
  private static final int TIME = 17;

  /** CertStatus: good [0] IMPLICIT NULL, unknown [2] IMPLICIT UnknownInfo. */
  private static final byte[] GOOD = {(byte) 0x80, 0};

  private static final byte[] UNKNOWN = {(byte) 0x82, 0};
  private static final byte[] SUCCESSFUL = {ENUMERATED, 1, 0};
  private static final byte[] BASIC = Tbs.encode(OCSPObjectIdentifiers.id_pkix_ocsp_basic).octets();
  private static final byte[] EXTENDED_REVOKE =
      Tbs.encode(
              ExtensionParts.plain(
                  OCSPObjectIdentifiers.id_pkix_ocsp_extended_revoke, DERNull.INSTANCE))
          .octets();
  private static final byte[] NONCE = Tbs.encode(OCSPObjectIdentifiers.id_pkix_ocsp_nonce).octets();
  private static final byte[] ARCHIVE_CUTOFF =
      Tbs.encode(OCSPObjectIdentifiers.id_pkix_ocsp_archive_cutoff).octets();

  private final CertIdStem stem;
  private final byte[] responderId;
  private final SignatureAlgorithm algorithm;
  private final byte[] identifier;
  private final byte[] certificates;

  private AnswerForm(CertIdStem stem, CaCertificate signer, byte[] certificates) {
    this.stem = stem;
    // RFC 6960 s4.2.1: byKey is the SHA-1 hash of the responder's key, whatever CertIDs use.
    byte[] key = OcspHash.SHA1.of(signer.keyBits());
    this.responderId =
        new DerBuffer(24)
            .header(CONTEXT_2, key.length + 2)
            .header(DerBuffer.OCTET_STRING, key.length)
            .octets(key)
            .toArray();
    this.algorithm = SignatureAlgorithm.fittingTo(signer.key().algorithm());
    this.identifier = SignedDer.identifier(algorithm);
    this.certificates = certificates;
  }

  /** Signed by the issuer itself. */
  public static AnswerForm itself(CertIdStem stem, IssuedCertificate issuer) {
    return new AnswerForm(stem, CaCertificate.of(issuer), new byte[0]);
  }

  /** Signed by a delegate, whose certificate comes with the answer. */
  public static AnswerForm delegated(CertIdStem stem, IssuedCertificate responder) {
    return new AnswerForm(stem, CaCertificate.of(responder), certificates(responder.der()));
  }

  /** BasicOCSPResponse.certs: [0] EXPLICIT SEQUENCE OF Certificate. */
  static byte[] certificates(Der responder) {
    return Tbs.encode(
            new DERTaggedObject(
                true, 0, new DERSequence(Certificate.getInstance(responder.octets()))))
        .octets();
  }

  /** What the signature is made over: the ResponseData. */
  public byte[] body(Statement said) {
    DerBuffer single = single(said);
    DerBuffer extensions = extensions(said);
    int responses = DerBuffer.headerLength(single.length()) + single.length();
    int length =
        responderId.length
            + TIME
            + DerBuffer.headerLength(responses)
            + responses
            + extensions.length();
    return new DerBuffer(length + DerBuffer.headerLength(length))
        .header(DerBuffer.SEQUENCE, length)
        .octets(responderId)
        .generalized(said.producedAt())
        .header(DerBuffer.SEQUENCE, responses)
        .header(DerBuffer.SEQUENCE, single.length())
        .octets(single)
        .octets(extensions)
        .toArray();
  }

  /** The OCSPResponse, status successful, around a body and its signature. */
  public byte[] whole(byte[] body, byte[] signature) {
    int bits = signature.length + 1;
    int content =
        body.length + identifier.length + DerBuffer.headerLength(bits) + bits + certificates.length;
    int basic = DerBuffer.headerLength(content) + content;
    int bytes = BASIC.length + DerBuffer.headerLength(basic) + basic;
    int tagged = DerBuffer.headerLength(bytes) + bytes;
    int length = SUCCESSFUL.length + DerBuffer.headerLength(tagged) + tagged;
    return new DerBuffer(length + DerBuffer.headerLength(length))
        .header(DerBuffer.SEQUENCE, length)
        .octets(SUCCESSFUL)
        .header(CONTEXT_0, tagged)
        .header(DerBuffer.SEQUENCE, bytes)
        .octets(BASIC)
        .header(DerBuffer.OCTET_STRING, basic)
        .header(DerBuffer.SEQUENCE, content)
        .octets(body)
        .octets(identifier)
        .header(BIT_STRING, bits)
        .octet(0)
        .octets(signature)
        .octets(certificates)
        .toArray();
  }

  /** The same from the facts of a kept answer. */
  public byte[] whole(Statement said, byte[] signature) {
    return whole(body(said), signature);
  }

  public CertIdStem stem() {
    return stem;
  }

  public SignatureAlgorithm algorithm() {
    return algorithm;
  }

  private DerBuffer single(Statement said) {
    DerBuffer single = new DerBuffer(192);
    stem.write(single, said.serial());
    status(single, said.status());
    single.generalized(said.thisUpdate()).header(CONTEXT_0, TIME).generalized(said.nextUpdate());
    said.archiveCutoff()
        .ifPresent(
            cutoff -> {
              int extension = ARCHIVE_CUTOFF.length + 2 + TIME;
              single
                  .header(CONTEXT_1, extension + 4)
                  .header(DerBuffer.SEQUENCE, extension + 2)
                  .header(DerBuffer.SEQUENCE, extension)
                  .octets(ARCHIVE_CUTOFF)
                  .header(DerBuffer.OCTET_STRING, TIME)
                  .generalized(cutoff);
            });
    return single;
  }

  private static void status(DerBuffer to, SingleAnswer.Status status) {
    switch (status) {
      case SingleAnswer.Status.Good good -> to.octets(GOOD);
      case SingleAnswer.Status.Unknown unknown -> to.octets(UNKNOWN);
      case SingleAnswer.Status.Revoked revoked -> {
        // RFC 5280 s5.3.1, which RFC 6960 takes over: unspecified is said by saying nothing.
        boolean said = revoked.reason() != RevocationReason.UNSPECIFIED;
        to.header(CONTEXT_1, TIME + (said ? 5 : 0)).generalized(revoked.at().getEpochSecond());
        if (said) {
          to.header(CONTEXT_0, 3).header(ENUMERATED, 1).octet(revoked.reason().code());
        }
      }
    }
  }

  private static DerBuffer extensions(Statement said) {
    DerBuffer all = new DerBuffer(256);
    said.nonce().ifPresent(nonce -> nonce(all, nonce));
    // RFC 6960 s4.4.8: MUST be there when a serial that was never issued is answered revoked.
    if (said.status().equals(SingleAnswer.Status.NEVER_ISSUED)) {
      all.octets(EXTENDED_REVOKE);
    }
    if (all.length() == 0) {
      return all;
    }
    int list = DerBuffer.headerLength(all.length()) + all.length();
    return new DerBuffer(list + 4)
        .header(CONTEXT_1, list)
        .header(DerBuffer.SEQUENCE, all.length())
        .octets(all);
  }

  /** RFC 9654 s2.1: the nonce is an OCTET STRING of 1 to 128 octets within the extension. */
  private static void nonce(DerBuffer to, byte[] octets) {
    int value = DerBuffer.headerLength(octets.length) + octets.length;
    int extension = NONCE.length + DerBuffer.headerLength(value) + value;
    to.header(DerBuffer.SEQUENCE, extension)
        .octets(NONCE)
        .header(DerBuffer.OCTET_STRING, value)
        .header(DerBuffer.OCTET_STRING, octets.length)
        .octets(octets);
  }
}
