package io.chancery.ledger.copy;

import io.chancery.Sha256;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS Signature Version 4 in one chunk, for requests without a query: every header that is given is
 * signed, and so is the hash of the body.
 */
final class S3Signature {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final HexFormat HEX = HexFormat.of();

  private final S3Credentials credentials;
  private final String region;
  private final Instant at;

  S3Signature(S3Credentials credentials, String region, Instant at) {
    this.credentials = credentials;
    this.region = region;
    this.at = at;
  }

  /** The headers to send: the given ones, and what signing adds; {@code host} is not among them. */
  Map<String, String> headers(String method, URI uri, Map<String, String> given, byte[] body) {
    SortedMap<String, String> signed = new TreeMap<>(given);
    String bodyHash = Sha256.hex(body);
    signed.put("host", host(uri));
    signed.put("x-amz-content-sha256", bodyHash);
    signed.put("x-amz-date", TIME.format(at));
    credentials.token().ifPresent(token -> signed.put("x-amz-security-token", token));
    SortedMap<String, String> all = new TreeMap<>(signed);
    all.put("authorization", authorization(method, uri, signed, bodyHash));
    all.remove("host");
    return all;
  }

  private String authorization(
      String method, URI uri, SortedMap<String, String> headers, String bodyHash) {
    String names = String.join(";", headers.keySet());
    StringBuilder canonical = new StringBuilder(method).append('\n');
    canonical.append(uri.getRawPath()).append("\n\n");
    headers.forEach((name, value) -> canonical.append(name).append(':').append(value).append('\n'));
    canonical.append('\n').append(names).append('\n').append(bodyHash);

    String day = TIME.format(at).substring(0, 8);
    String scope = day + "/" + region + "/s3/aws4_request";
    String toSign =
        ALGORITHM
            + "\n"
            + TIME.format(at)
            + "\n"
            + scope
            + "\n"
            + Sha256.hex(octets(canonical.toString()));
    return ALGORITHM
        + " Credential="
        + credentials.id()
        + "/"
        + scope
        + ",SignedHeaders="
        + names
        + ",Signature="
        + HEX.formatHex(hmac(key(day), toSign));
  }

  private byte[] key(String day) {
    byte[] key = hmac(octets("AWS4" + credentials.secret()), day);
    return hmac(hmac(hmac(key, region), "s3"), "aws4_request");
  }

  /** As the HTTP client writes it: the port only where it is not the scheme's own. */
  private static String host(URI uri) {
    int usual = uri.getScheme().equals("https") ? 443 : 80;
    boolean plain = uri.getPort() < 0 || uri.getPort() == usual;
    return plain ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(octets(text));
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
    }
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
