package io.chancery.revocation.compromise;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.inventory.BlockedKeys.Proof;
import io.chancery.x509.Csr;
import io.chancery.x509.Der;
import io.chancery.x509.SubjectPublicKey;
import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * Reads what was handed in: a private key, a request that says that its key is known to others, a
 * public key or a certificate. Everything is hostile, and part of it is secret.
 */
public final class EvidenceReader {
  /** The most octets that are looked at. */
  public static final int LARGEST = Csr.LARGEST;

  /**
   * What a request must say. An ordinary request proves possession too, but was not made to end
   * anything, and its owner may have shown it to others.
   */
  public static final String WORDS = "CN=this key is compromised";

  private EvidenceReader() {}

  /** The octets are the caller's, who wipes them. */
  public static Evidence read(byte[] file) {
    if (file.length > LARGEST) {
      throw new Failure.TooLarge("what is handed in", LARGEST, "octets").thrown();
    }
    if (file.length == 0) {
      throw malformed("is empty");
    }
    Optional<PemBlock> pem = PemBlock.of(file);
    if (pem.isEmpty()) {
      return new Evidence(PrivateKeys.ofPkcs8(file), Proof.PRIVATE_KEY);
    }
    try {
      return read(pem.get());
    } finally {
      pem.get().wipe();
    }
  }

  private static Evidence read(PemBlock block) {
    return switch (block.label()) {
      case "PRIVATE KEY" -> new Evidence(PrivateKeys.ofPkcs8(block.der()), Proof.PRIVATE_KEY);
      case "EC PRIVATE KEY" -> new Evidence(PrivateKeys.ofSec1(block.der()), Proof.PRIVATE_KEY);
      case "RSA PRIVATE KEY" -> new Evidence(PrivateKeys.ofPkcs1(block.der()), Proof.PRIVATE_KEY);
      case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST" -> ofRequest(block.der());
      case "PUBLIC KEY" -> new Evidence(SubjectPublicKey.parse(Der.of(block.der())), Proof.NONE);
      case "CERTIFICATE" -> ofCertificate(block.der());
      case "ENCRYPTED PRIVATE KEY" ->
          throw malformed("is encrypted; hand in the key without a passphrase");
      default -> throw malformed("is no private key, request, public key or certificate");
    };
  }

  private static Evidence ofRequest(byte[] der) {
    Csr request = Csr.parse(der);
    if (!request.subject().toString().equalsIgnoreCase(WORDS)) {
      throw new Failure.Refused(
              "compromise-request",
              "the request does not say that its key is compromised",
              "make one whose subject is " + WORDS + " and nothing else")
          .thrown();
    }
    return new Evidence(request.key(), Proof.REQUEST);
  }

  private static Evidence ofCertificate(byte[] der) {
    Der.whole("certificate", der);
    byte[] key;
    try {
      key = Certificate.getInstance(der).getSubjectPublicKeyInfo().getEncoded(ASN1Encoding.DER);
    } catch (IOException
        | IllegalArgumentException
        | IllegalStateException
        | ClassCastException
        | IndexOutOfBoundsException unreadable) {
      throw malformed("is a certificate that cannot be read");
    }
    return new Evidence(SubjectPublicKey.parse(Der.of(key)), Proof.NONE);
  }

  private static PkiException malformed(String reason) {
    return new Failure.Malformed("what is handed in", "", reason, "RFC 7468").thrown();
  }
}
