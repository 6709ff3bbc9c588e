package io.chancery.access;

import io.chancery.PkiException;
import io.chancery.x509.Der;
import io.chancery.x509.Pem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The certificate in a proxy's header. */
final class ForwardedCertificate {
  /** RFC 9440 s2.2: one byte sequence of structured fields, {@code :base64:}. */
  private static final Pattern CLIENT_CERT = Pattern.compile(":([A-Za-z0-9+/=]+):");

  /** Envoy's header; the URL-encoded PEM of one hop. */
  private static final Pattern FORWARDED = Pattern.compile("(?:^|;)Cert=\"([^\",;]*)\"");

  private ForwardedCertificate() {}

  static Der of(String header) {
    try {
      Matcher byteSequence = CLIENT_CERT.matcher(header);
      if (byteSequence.matches()) {
        return Der.of(Base64.getDecoder().decode(byteSequence.group(1)));
      }
      Matcher envoy = FORWARDED.matcher(header);
      // More than one hop means that somebody before the proxy had a say.
      if (header.indexOf(',') < 0 && envoy.find()) {
        return Pem.decodeOne(
            Pem.CERTIFICATE, URLDecoder.decode(envoy.group(1), StandardCharsets.UTF_8));
      }
    } catch (IllegalArgumentException | PkiException unreadable) {
      throw notOne();
    }
    throw notOne();
  }

  private static RuntimeException notOne() {
    return Access.unauthenticated(
        "what the proxy forwards is not one certificate",
        "have it set Client-Cert (RFC 9440), or one Cert=\"...\" in X-Forwarded-Client-Cert");
  }
}
