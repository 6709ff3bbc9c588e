package io.chancery.ocsp;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.issuance.CertId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPRequest;
import org.bouncycastle.asn1.ocsp.Request;
import org.bouncycastle.asn1.ocsp.TBSRequest;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.jspecify.annotations.Nullable;

/** A parsed request (RFC 6960 s4.1): which certificates are asked for, and the nonce if any. */
record OcspRequest(List<CertId> ids, Optional<byte[]> nonce) {
  /** Larger than any honest request. */
  static final int LARGEST = 16 * 1024;

  private static final int MOST_IDS = 50;

  OcspRequest {
    ids = List.copyOf(ids);
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
      refuseUnknownCritical(request.getSingleRequestExtensions());
      ids.add(certId(request.getReqCert()));
    }
    refuseUnknownCritical(tbs.getRequestExtensions());
    return new OcspRequest(ids, nonce(tbs.getRequestExtensions()));
  }

  private static CertId certId(CertID id) {
    return new CertId(
        id.getHashAlgorithm().getAlgorithm().getId(),
        id.getIssuerNameHash().getOctets(),
        id.getIssuerKeyHash().getOctets(),
        id.getSerialNumber().getValue());
  }

  private static Optional<byte[]> nonce(@Nullable Extensions extensions) {
    if (extensions == null) {
      return Optional.empty();
    }
    Extension extension = extensions.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
    if (extension == null) {
      return Optional.empty();
    }
    byte[] nonce = ASN1OctetString.getInstance(extension.getParsedValue()).getOctets();
    // RFC 9654 s2.1: Nonce ::= OCTET STRING(SIZE(1..128)); others are refused as malformed.
    if (nonce.length < 1 || nonce.length > 128) {
      throw malformed("nonce", "has " + nonce.length + " octets, not 1 to 128");
    }
    return Optional.of(nonce);
  }

  private static void refuseUnknownCritical(@Nullable Extensions extensions) {
    if (extensions == null) {
      return;
    }
    for (var oid : extensions.getCriticalExtensionOIDs()) {
      // RFC 6960 s4.4: an unknown critical extension must not be ignored.
      if (!oid.equals(OCSPObjectIdentifiers.id_pkix_ocsp_nonce)) {
        throw malformed("extension " + oid.getId(), "is critical and not known here");
      }
    }
  }

  private static PkiException malformed(String where, String reason) {
    return new Failure.Malformed("OCSP request", where, reason, "RFC 6960 s4.1.1").thrown();
  }
}
