package io.chancery.revocation;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A CRL as it goes out: plain or compressed, each with its own tag.
 *
 * @param encoding the Content-Encoding
 */
record CrlRepresentation(PublishedCrl crl, Path path, long octets, Optional<String> encoding) {
  /** RFC 9110 s12.5.3: gzip is taken where it is named, unless with weight 0. */
  private static final Pattern GZIP =
      Pattern.compile(
          "(?i)(?:^|.*,)\\s*(?:gzip|x-gzip)\\s*(?:;\\s*q=(?!0(?:\\.0{0,3})?\\s*(?:,|$))[\\d.]+\\s*)?(?:,.*|$)");

  static CrlRepresentation chosen(CrlFile file, @Nullable String accepted) {
    boolean takesGzip = accepted != null && GZIP.matcher(accepted).matches();
    return file.gzip()
        .filter(gzip -> takesGzip)
        .map(
            gzip ->
                new CrlRepresentation(file.crl(), gzip.path(), gzip.octets(), Optional.of("gzip")))
        .orElseGet(
            () ->
                new CrlRepresentation(
                    file.crl(), file.plain(), file.crl().octets(), Optional.empty()));
  }

  /** RFC 9110 s8.8.3.3: another encoding, another tag. */
  String tag() {
    return "\"" + crl.thumbprint().hex() + encoding.map(name -> "-" + name).orElse("") + "\"";
  }
}
