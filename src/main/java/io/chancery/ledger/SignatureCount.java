package io.chancery.ledger;

import io.chancery.Failure;
import io.chancery.Quoted;
import io.chancery.x509.KeyId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How often a key has signed, and for what: {@code certificate=12 crl=3 ocsp=400 checkpoint=0
 * filter=0 request=1 proof=0 receipt=2 other=0}, a fact of {@link EventKind#SIGNATURES_COUNTED}.
 */
public record SignatureCount(Map<Purpose, Long> counts) {
  private static final String FACT = "key ";
  private static final Pattern PART = Pattern.compile("([a-z]{1,20})=(0|[1-9][0-9]{0,17})");

  /** What a signature was made for. */
  public enum Purpose {
    CERTIFICATE,
    CRL,
    OCSP,
    CHECKPOINT,
    FILTER,
    REQUEST,
    PROOF,
    RECEIPT,
    /** For nothing that any deed of the authority accounts for. */
    OTHER;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public SignatureCount {
    counts = Map.copyOf(counts);
  }

  /** The name of the fact about a key. */
  public static String fact(KeyId key) {
    return FACT + key.hex();
  }

  /** Whether a fact of this name is a count. */
  public static boolean isFact(String name) {
    return name.startsWith(FACT);
  }

  /** The key that a fact of this name is about, in hex. */
  public static String keyOf(String name) {
    return name.substring(FACT.length());
  }

  public long of(Purpose purpose) {
    return counts.getOrDefault(purpose, 0L);
  }

  /** Every purpose, in its order, with its count. */
  public String text() {
    return Arrays.stream(Purpose.values())
        .map(purpose -> purpose.word() + "=" + of(purpose))
        .collect(Collectors.joining(" "));
  }

  /** Reads {@link #text}; a purpose that is not named counts nothing, an unknown one is refused. */
  public static SignatureCount parse(String text) {
    Map<Purpose, Long> counts = new EnumMap<>(Purpose.class);
    for (String part : text.split(" ", -1)) {
      Matcher shape = PART.matcher(part);
      if (!shape.matches()
          || counts.put(purpose(text, shape.group(1)), Long.valueOf(shape.group(2))) != null) {
        throw malformed(text);
      }
    }
    return new SignatureCount(counts);
  }

  private static Purpose purpose(String text, String word) {
    return Arrays.stream(Purpose.values())
        .filter(purpose -> purpose.word().equals(word))
        .findFirst()
        .orElseThrow(() -> malformed(text));
  }

  private static RuntimeException malformed(String text) {
    return new Failure.Malformed(
            "signature count", Quoted.of(text), "is not purpose=count, each purpose once", "")
        .thrown();
  }
}
