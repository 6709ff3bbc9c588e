package io.chancery.x509;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A certification request (RFC 2986) whose shape, key and proof of possession have been checked.
 *
 * <p>{@link #parse} is the only place of this project that makes one; an architecture test holds
 * that. A request is a wish: nothing of it but the key goes into a certificate without a profile.
 *
 * @param names the subjectAltName, without repetitions, at most 100
 * @param requested every other extension that is asked for, each once
 */
public record Csr(
    Der der,
    DistinguishedName subject,
    List<SubjectAltName> names,
    SubjectPublicKey key,
    List<RequestedExtension> requested) {
  /** The most octets that are looked at, in PEM or DER. */
  public static final int LARGEST = 65_536;

  /** An extension that the request asks for besides names: its OID and its encoded value. */
  public record RequestedExtension(String oid, boolean critical, Der value) {}

  public Csr {
    names = List.copyOf(names);
    requested = List.copyOf(requested);
  }

  /** Reads PEM or DER. Throws {@link PkiException} with {@code Malformed} or {@code TooLarge}. */
  public static Csr parse(byte[] pemOrDer) {
    // Size before everything: what is too large is not even looked at.
    if (pemOrDer.length > LARGEST) {
      throw new Failure.TooLarge("certification request", LARGEST, "octets").thrown();
    }
    Der der = der(pemOrDer);
    CsrSyntax request = CsrSyntax.read(der.octets());
    // What is cheap to refuse is refused first; the signature costs most.
    DistinguishedName subject =
        Place.REQUEST
            .at("subject")
            .read("RFC 5280 s4.1.2.6", () -> DistinguishedName.of(request.subject()));
    RequestedExtensions extensions = RequestedExtensions.read(request.attributes());
    CheckedKey key = KeyChecks.check(Place.REQUEST.at("public key"), request.key());
    ProofOfPossession.check(request, key);
    return new Csr(
        der,
        subject,
        extensions.names(),
        SubjectPublicKey.of(key, request.keyInfo()),
        extensions.others());
  }

  private static Der der(byte[] pemOrDer) {
    String text = new String(pemOrDer, StandardCharsets.ISO_8859_1);
    // A request in DER holds a zero octet, its version; PEM with whatever text around it does not.
    return text.contains("-----BEGIN ") && text.indexOf('\0') < 0
        ? Pem.decodeOnly(text, Pem.REQUEST, Pem.NEW_REQUEST)
        : Der.of(pemOrDer);
  }
}
