package io.chancery.warrant;

import io.chancery.Failure;
import io.chancery.x509.Der;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.JavaCertificates;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * A signature by a client certificate over octets that stand elsewhere: RFC 7515 appendix F. The
 * header holds the certificate, its thumbprint and the time; nothing else is accepted in it.
 */
public final class DetachedJws {
  private static final String TYPE = "chancery-statement+jws";
  private static final String THUMBPRINT = "x5t#S256";
  private static final Set<String> HEADERS = Set.of("alg", "typ", "iat", "x5c", THUMBPRINT);
  private static final int LARGEST = 16_384;
  private static final Pattern SHAPE = Pattern.compile("([A-Za-z0-9_-]+)\\.\\.([A-Za-z0-9_-]+)");
  private static final AlgorithmConstraints ALLOWED =
      new AlgorithmConstraints(
          AlgorithmConstraints.ConstraintType.PERMIT,
          AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
          AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
          AlgorithmIdentifiers.EDDSA);

  private DetachedJws() {}

  /** Who signed, and when, as the signer says. */
  public record Signed(IssuedCertificate certificate, Instant at) {}

  /** Signs {@code payload}; the algorithm is the key's. */
  public static String sign(
      PrivateKey key, IssuedCertificate certificate, byte[] payload, Instant at) {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setAlgorithmConstraints(ALLOWED);
    jws.setAlgorithmHeaderValue(algorithm(certificate));
    jws.setHeader("typ", TYPE);
    jws.getHeaders().setObjectHeaderValue("iat", at.getEpochSecond());
    jws.getHeaders()
        .setObjectHeaderValue(
            "x5c", List.of(Base64.getEncoder().encodeToString(certificate.der().octets())));
    jws.setHeader(THUMBPRINT, url(certificate.thumbprint().octets()));
    jws.setPayloadBytes(payload);
    jws.setKey(key);
    try {
      return jws.getDetachedContentCompactSerialization();
    } catch (JoseException cannot) {
      throw new Failure.Refused(
              "statement-key",
              "this key cannot sign a statement: " + cannot.getMessage(),
              "use a client certificate with a P-256, P-384, RSA or Ed25519 key")
          .because(cannot);
    }
  }

  /** The signer, where this signature is over {@code payload}; {@code Malformed} where not. */
  public static Signed verify(String text, byte[] payload) {
    if (text.length() > LARGEST) {
      throw new Failure.TooLarge("signature", LARGEST, "characters").thrown();
    }
    var parts = SHAPE.matcher(text);
    if (!parts.matches()) {
      // RFC 7515 appendix F: the middle part of the compact form is left out.
      throw wrong("is no JWS with detached content", "RFC 7515 appendix F").thrown();
    }
    try {
      Map<String, Object> header =
          JsonUtil.parseJson(
              new String(Base64.getUrlDecoder().decode(parts.group(1)), StandardCharsets.UTF_8));
      IssuedCertificate certificate = certificate(header);
      JsonWebSignature jws = new JsonWebSignature();
      jws.setAlgorithmConstraints(ALLOWED);
      jws.setCompactSerialization(parts.group(1) + "." + url(payload) + "." + parts.group(2));
      jws.setKey(JavaCertificates.of(certificate).getPublicKey());
      if (!jws.verifySignature()) {
        throw wrong("is not over this statement", "RFC 7515 s5.2").thrown();
      }
      return new Signed(certificate, time(header));
    } catch (JoseException | IllegalArgumentException unreadable) {
      throw wrong("cannot be verified", "RFC 7515 s5.2").because(unreadable);
    }
  }

  private static IssuedCertificate certificate(Map<String, Object> header) {
    if (!HEADERS.equals(header.keySet()) || !TYPE.equals(header.get("typ"))) {
      throw wrong("has other header parameters than " + HEADERS, "Chancery statement").thrown();
    }
    if (!(header.get("x5c") instanceof List<?> chain)
        || chain.size() != 1
        || !(chain.getFirst() instanceof String leaf)) {
      throw wrong("must have the signer's certificate alone in x5c", "RFC 7515 s4.1.6").thrown();
    }
    IssuedCertificate certificate =
        IssuedCertificate.parse(Der.of(Base64.getDecoder().decode(leaf)));
    if (!url(certificate.thumbprint().octets()).equals(header.get(THUMBPRINT))) {
      throw wrong("names another certificate in x5t#S256", "RFC 7515 s4.1.8").thrown();
    }
    return certificate;
  }

  private static Instant time(Map<String, Object> header) {
    if (header.get("iat") instanceof Long seconds && seconds >= 0 && seconds < 253_402_300_800L) {
      return Instant.ofEpochSecond(seconds);
    }
    throw wrong("has no time in iat", "RFC 7519 s4.1.6").thrown();
  }

  private static String algorithm(IssuedCertificate certificate) {
    return switch (JavaCertificates.of(certificate).getPublicKey()) {
      case ECPublicKey ec when ec.getParams().getOrder().bitLength() == 256 ->
          AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
      case ECPublicKey ec -> AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384;
      case java.security.interfaces.RSAPublicKey rsa -> AlgorithmIdentifiers.RSA_PSS_USING_SHA256;
      default -> AlgorithmIdentifiers.EDDSA;
    };
  }

  private static String url(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  private static Failure wrong(String reason, String clause) {
    return new Failure.Malformed("signature", "", reason, clause);
  }
}
