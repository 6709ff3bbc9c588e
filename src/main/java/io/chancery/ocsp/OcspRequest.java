package io.chancery.ocsp;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.issuance.CertId;
import io.chancery.x509.SignatureAlgorithm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPRequest;
import org.bouncycastle.asn1.ocsp.Request;
import org.bouncycastle.asn1.ocsp.TBSRequest;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.jspecify.annotations.Nullable;

/**
 * A parsed request (RFC 6960 s4.1).
 *
 * @param ids which certificates are asked for
 * @param nonce to be echoed
 * @param preferred the signature algorithms that the client would like, best first; those that are
 *     not known here are left out
 */
public record OcspRequest(
    List<CertId> ids, Optional<byte[]> nonce, List<SignatureAlgorithm> preferred) {
  /** Larger than any honest request. */
  static final int LARGEST = 16 * 1024;

  private static final int MOST_IDS = 50;

  /** RFC 6960 s4.4.7.2, which BouncyCastle does not name. */
  private static final ASN1ObjectIdentifier PREFERRED_ALGORITHMS =
      new ASN1ObjectIdentifier("1.3.6.1.5.5.7.48.1.8");

  private static final Set<ASN1ObjectIdentifier> KNOWN =
      Set.of(OCSPObjectIdentifiers.id_pkix_ocsp_nonce, PREFERRED_ALGORITHMS);

  public OcspRequest {
    ids = List.copyOf(ids);
    preferred = List.copyOf(preferred);
  }

  /** Whatever is wrong with the octets is {@code Malformed}. */
  static OcspRequest parse(byte[] der) {
    if (der.length > LARGEST) {
      throw new Failure.TooLarge("OCSP request", LARGEST, "octets").thrown();
    }
    try (ASN1InputStream in = new ASN1InputStream(der)) {
      ASN1Primitive only = in.readObject();
      if (only == null || in.readObject() != null) {
        throw malformed("", "must be exactly one DER structure");
      }
      return of(OCSPRequest.getInstance(only).getTbsRequest());
    } catch (IOException | RuntimeException unreadable) {
      if (unreadable instanceof PkiException known) {
        throw known;
      }
      throw new Failure.Malformed("OCSP request", "", "cannot be read", "RFC 6960 s4.1.1")
          .because(unreadable);
    }
  }

  private static OcspRequest of(TBSRequest tbs) {
    int count = tbs.getRequestList().size();
    if (count < 1 || count > MOST_IDS) {
      throw malformed("requestList", "has " + count + " ids, not 1 to " + MOST_IDS);
    }
    List<CertId> ids = new ArrayList<>(count);
    for (var each : tbs.getRequestList()) {
      Request request = Request.getInstance(each);
      refuseUnknownCritical(request.getSingleRequestExtensions(), Set.of());
      ids.add(certId(request.getReqCert()));
    }
    refuseUnknownCritical(tbs.getRequestExtensions(), KNOWN);
    return new OcspRequest(
        ids, nonce(tbs.getRequestExtensions()), preferred(tbs.getRequestExtensions()));
  }

  private static CertId certId(CertID id) {
    return new CertId(
        id.getHashAlgorithm().getAlgorithm().getId(),
        id.getIssuerNameHash().getOctets(),
        id.getIssuerKeyHash().getOctets(),
        id.getSerialNumber().getValue());
  }

  private static Optional<byte[]> nonce(@Nullable Extensions extensions) {
    return extension(extensions, OCSPObjectIdentifiers.id_pkix_ocsp_nonce)
        .map(
            extension -> {
              byte[] nonce = ASN1OctetString.getInstance(extension.getParsedValue()).getOctets();
              // RFC 9654 s2.1: Nonce ::= OCTET STRING(SIZE(1..128)); others are malformed.
              if (nonce.length < 1 || nonce.length > 128) {
                throw malformed("nonce", "has " + nonce.length + " octets, not 1 to 128");
              }
              return nonce;
            });
  }

  /** RFC 6960 s4.4.7.2: SEQUENCE OF { sigIdentifier, certIdentifier OPTIONAL }. */
  private static List<SignatureAlgorithm> preferred(@Nullable Extensions extensions) {
    List<SignatureAlgorithm> known = new ArrayList<>();
    extension(extensions, PREFERRED_ALGORITHMS)
        .map(extension -> ASN1Sequence.getInstance(extension.getParsedValue()))
        .ifPresent(
            list ->
                list.forEach(
                    one ->
                        SignatureAlgorithm.ofOid(
                                AlgorithmIdentifier.getInstance(
                                        ASN1Sequence.getInstance(one).getObjectAt(0))
                                    .getAlgorithm()
                                    .getId())
                            .ifPresent(known::add)));
    return known;
  }

  private static Optional<Extension> extension(
      @Nullable Extensions extensions, ASN1ObjectIdentifier oid) {
    return Optional.ofNullable(extensions).map(all -> all.getExtension(oid));
  }

  private static void refuseUnknownCritical(
      @Nullable Extensions extensions, Set<ASN1ObjectIdentifier> known) {
    if (extensions == null) {
      return;
    }
    for (var oid : extensions.getCriticalExtensionOIDs()) {
      // RFC 6960 s4.4: an unknown critical extension must not be ignored.
      if (!known.contains(oid)) {
        throw malformed("extension " + oid.getId(), "is critical and not known here");
      }
    }
  }

  private static PkiException malformed(String where, String reason) {
    return new Failure.Malformed("OCSP request", where, reason, "RFC 6960 s4.1.1").thrown();
  }
}
