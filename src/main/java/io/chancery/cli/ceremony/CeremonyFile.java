package io.chancery.cli.ceremony;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.issuance.CaTerms;
import io.chancery.issuance.NameConstraints;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.IssuerName;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.Thumbprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a ceremony file, read strictly; paths are relative to the file. */
final class CeremonyFile {
  private static final long LARGEST = 64 * 1024;
  private static final Pattern DAYS = Pattern.compile("([1-9]\\d{0,4})d");

  private final Path file;
  private final Path folder;

  private CeremonyFile(Path file) {
    this.file = file;
    this.folder = file.toAbsolutePath().normalize().resolveSibling("");
  }

  /**
   * @param output instead of the file's own
   */
  static CeremonySpec read(Path file, Optional<Path> output) {
    return new CeremonyFile(file).spec(output);
  }

  private CeremonySpec spec(Optional<Path> output) {
    byte[] octets = octets();
    YamlWords words =
        YamlWords.of(file.toString(), new String(octets, StandardCharsets.UTF_8))
            .withOnly("hsm", "so-pin-file", "output", "root", "issuers", "ledger-key");
    RootSpec root = root(words.group("root"));
    List<IssuerSpec> issuers =
        words.groups("issuers").stream().map(one -> issuer(one, root)).toList();
    return new CeremonySpec(
        file,
        Thumbprint.of(octets),
        token(words),
        output.orElseGet(() -> path(words, "output")).toAbsolutePath().normalize(),
        root,
        issuers,
        words.has("ledger-key") ? Optional.of(key(words, "ledger-key")) : Optional.empty());
  }

  private RootSpec root(YamlWords words) {
    String kept = words.text("kept");
    return switch (kept) {
      case "token" -> {
        here(words, "hsm", "so-pin-file");
        if (!words.has("hsm") && words.has("so-pin-file")) {
          throw words.refused("so-pin-file", "is for the hsm beside it", "add hsm, or take it out");
        }
        yield made(
            words,
            words.has("hsm") ? new RootSpec.OwnToken(token(words)) : new RootSpec.SameToken());
      }
      case "file" -> {
        here(words, "folder", "passphrase-file");
        yield made(
            words, new RootSpec.KeyFiles(path(words, "folder"), path(words, "passphrase-file")));
      }
      case "elsewhere" -> {
        words.withOnly("kept", "certificate");
        yield new RootSpec.Elsewhere(path(words, "certificate"));
      }
      default ->
          throw words.refused("kept", "is none of the ways", "write token, file or elsewhere");
    };
  }

  private static void here(YamlWords words, String first, String second) {
    words.withOnly("kept", "subject", "key", "validity", "crl-validity", first, second);
  }

  private RootSpec.Here made(YamlWords words, RootSpec.Keeping keeping) {
    Duration validity = days(words, "validity");
    Duration crl = words.has("crl-validity") ? days(words, "crl-validity") : validity;
    if (crl.compareTo(validity) > 0) {
      throw words.refused("crl-validity", "is longer than the root's own", "make it shorter");
    }
    return new RootSpec.Here(keeping, name(words), key(words, "key"), validity, crl);
  }

  private IssuerSpec issuer(YamlWords words, RootSpec root) {
    words.withOnly(
        "name",
        "subject",
        "key",
        "validity",
        "path-length",
        "permitted",
        "excluded",
        "responder-key");
    Duration validity =
        switch (root) {
          case RootSpec.Here here -> days(words, "validity");
          case RootSpec.Elsewhere elsewhere -> {
            if (words.has("validity")) {
              throw words.refused(
                  "validity", "is not ours to say: the root is elsewhere", "take the line out");
            }
            yield Duration.ZERO;
          }
        };
    return new IssuerSpec(
        words.parsed("name", IssuerName::new),
        name(words),
        key(words, "key"),
        validity,
        new CaTerms(words.count("path-length"), constraints(words)),
        words.has("responder-key") ? key(words, "responder-key") : KeyAlgorithm.EC_P256);
  }

  private static NameConstraints constraints(YamlWords words) {
    Optional<YamlWords> permitted = words.optionalGroup("permitted");
    Optional<YamlWords> excluded = words.optionalGroup("excluded");
    permitted.ifPresent(group -> group.withOnly("dns", "ip"));
    excluded.ifPresent(group -> group.withOnly("dns", "ip"));
    try {
      return new NameConstraints(
          texts(permitted, "dns"),
          texts(excluded, "dns"),
          texts(permitted, "ip"),
          texts(excluded, "ip"));
    } catch (PkiException malformed) {
      throw words.refused(
          "permitted or excluded",
          malformed.failure().detail(),
          "write domains as bank.example and networks as 10.0.0.0/8");
    }
  }

  private static List<String> texts(Optional<YamlWords> group, String key) {
    return group.map(words -> words.texts(key)).orElse(List.of());
  }

  private TokenSpec token(YamlWords words) {
    return new TokenSpec(
        path(words, "hsm"),
        words.has("so-pin-file") ? Optional.of(path(words, "so-pin-file")) : Optional.empty());
  }

  private static DistinguishedName name(YamlWords words) {
    return words.parsed("subject", DistinguishedName::parse);
  }

  private static KeyAlgorithm key(YamlWords words, String key) {
    return words.parsed(key, KeyAlgorithm::parse);
  }

  private static Duration days(YamlWords words, String key) {
    Matcher days = DAYS.matcher(words.text(key));
    if (!days.matches()) {
      throw words.refused(key, "is no number of days", "write days as 1825d");
    }
    return Duration.ofDays(Long.parseLong(days.group(1)));
  }

  private Path path(YamlWords words, String key) {
    try {
      return folder.resolve(words.text(key)).normalize();
    } catch (InvalidPathException notAPath) {
      throw words.refused(key, "is no path", "write a path, relative to this file or absolute");
    }
  }

  private byte[] octets() {
    try {
      if (Files.size(file) > LARGEST) {
        throw new Failure.Misconfigured(
                file.toString(), "is larger than " + LARGEST + " octets", "give a ceremony file")
            .thrown();
      }
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new Failure.Misconfigured(
              file.toString(), "cannot be read", "check that it exists and who may read it")
          .because(unreadable);
    }
  }
}
