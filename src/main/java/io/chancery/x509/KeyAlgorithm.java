package io.chancery.x509;

import io.chancery.Failure;
import io.chancery.Quoted;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A public key's family and size in bits: {@code ec-p256}, {@code rsa-3072}, {@code ed25519}. */
public record KeyAlgorithm(Family family, int bits) {
  /** The kinds of keys that certificates may carry. */
  public enum Family {
    EC,
    RSA,
    ED25519
  }

  public static final KeyAlgorithm EC_P256 = new KeyAlgorithm(Family.EC, 256);
  public static final KeyAlgorithm EC_P384 = new KeyAlgorithm(Family.EC, 384);
  public static final KeyAlgorithm EC_P521 = new KeyAlgorithm(Family.EC, 521);
  public static final KeyAlgorithm ED25519 = new KeyAlgorithm(Family.ED25519, 255);

  private static final Pattern EC = Pattern.compile("ec-p(256|384|521)");
  private static final Pattern RSA = Pattern.compile("rsa-(\\d{4})");
  private static final int SMALLEST_RSA = 2048;
  private static final int LARGEST_RSA = 8192;

  public KeyAlgorithm {
    boolean possible =
        switch (family) {
          case EC -> bits == 256 || bits == 384 || bits == 521;
          case RSA -> bits >= SMALLEST_RSA && bits <= LARGEST_RSA;
          case ED25519 -> bits == 255;
        };
    if (!possible) {
      throw new Failure.Malformed(
              "key algorithm", "", family + " with " + bits + " bits", "NIST SP 800-57 part 1")
          .thrown();
    }
  }

  public static KeyAlgorithm rsa(int bits) {
    return new KeyAlgorithm(Family.RSA, bits);
  }

  /** Reads {@code ec-p256}, {@code ec-p384}, {@code ec-p521}, {@code ed25519}, {@code rsa-NNNN}. */
  public static KeyAlgorithm parse(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    Matcher ec = EC.matcher(name);
    if (ec.matches()) {
      return new KeyAlgorithm(Family.EC, Integer.parseInt(ec.group(1)));
    }
    Matcher rsa = RSA.matcher(name);
    if (rsa.matches()) {
      return rsa(Integer.parseInt(rsa.group(1)));
    }
    if (name.equals("ed25519")) {
      return ED25519;
    }
    throw new Failure.Malformed(
            "key algorithm",
            "",
            Quoted.of(text)
                + " is none of ec-p256, ec-p384, ec-p521, ed25519, rsa-2048 to rsa-8192",
            "Chancery key algorithms")
        .thrown();
  }

  @Override
  public String toString() {
    return switch (family) {
      case EC -> "ec-p" + bits;
      case RSA -> "rsa-" + bits;
      case ED25519 -> "ed25519";
    };
  }
}
