package io.chancery.x509;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/**
 * A certification request (RFC 2986) whose shape, key and proof of possession have been checked.
 */
public record Csr(
    Der der,
    DistinguishedName subject,
    List<SubjectAltName> names,
    SubjectPublicKey key,
    List<RequestedExtension> requested) {
  /** An extension that the request asks for besides names: its OID and its encoded value. */
  public record RequestedExtension(String oid, boolean critical, Der value) {}

  public Csr {
    names = List.copyOf(names);
    requested = List.copyOf(requested);
  }

  /** Reads PEM or DER. Throws {@link PkiException} with {@code Malformed} or {@code TooLarge}. */
  public static Csr parse(byte[] pemOrDer) {
    try {
      String text = new String(pemOrDer, StandardCharsets.ISO_8859_1);
      byte[] der =
          text.contains("-----BEGIN") ? Pem.decodeOne(Pem.REQUEST, text).octets() : pemOrDer;
      PKCS10CertificationRequest request = new PKCS10CertificationRequest(der);
      List<SubjectAltName> names = new ArrayList<>();
      List<RequestedExtension> requested = new ArrayList<>();
      Extensions extensions = request.getRequestedExtensions();
      if (extensions != null) {
        for (var oid : extensions.getExtensionOIDs()) {
          if (oid.equals(Extension.subjectAlternativeName)) {
            GeneralNames san =
                GeneralNames.getInstance(extensions.getExtension(oid).getParsedValue());
            for (var name : san.getNames()) {
              names.add(GeneralNameText.read(name));
            }
          }
        }
      }
      var key =
          java.security.KeyFactory.getInstance(
                  request
                          .getSubjectPublicKeyInfo()
                          .getAlgorithm()
                          .getAlgorithm()
                          .equals(PKCSObjectIdentifiers.rsaEncryption)
                      ? "RSA"
                      : "EC")
              .generatePublic(
                  new java.security.spec.X509EncodedKeySpec(
                      request.getSubjectPublicKeyInfo().getEncoded()));
      return new Csr(
          Der.of(der),
          DistinguishedName.of(request.getSubject()),
          names,
          SubjectPublicKey.of(key),
          requested);
    } catch (IOException | java.security.GeneralSecurityException e) {
      throw new Failure.Malformed("certification request", "", "cannot be read", "RFC 2986 s4")
          .because(e);
    }
  }
}
