package io.chancery.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} is made from the sources: every setting, and nothing else. */
class ConfigurationTest {
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Path PROPERTIES =
      Path.of("src", "main", "resources", "application.properties");
  private static final Pattern MAPPING = Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"");
  private static final String BY_NAME = "@WithParentName\n  Map<String,";
  private static final Pattern MAPPED =
      Pattern.compile(
          "/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s+(?:@WithDefault\\(\"([^\"]*)\"\\)\\s+)?([\\w<>, ]+) (\\w+)\\(\\);");
  private static final Pattern PROPERTY =
      Pattern.compile("@ConfigProperty\\(name = \"(chancery\\.[^\"]+)\"\\)\\s+([\\w<>]+) \\w+");
  private static final Pattern SCHEDULE =
      Pattern.compile("every = \"\\$\\{(chancery\\.[a-z.-]+):(\\w+)}\"");

  /** What single properties mean; the interfaces' own comments say it for the others. */
  private static final Map<String, String> MEANINGS =
      Map.ofEntries(
          Map.entry(
              "chancery.alerts.every", "How often the watch looks for what is about to expire."),
          Map.entry(
              "chancery.approvals.every",
              "How often what a crash has left approved is carried out, and what is overdue ended."),
          Map.entry("chancery.authority", "The authority.yaml that the ceremony wrote."),
          Map.entry(
              "chancery.blocked-keys.look",
              "How often certificates are looked for that were on their way when their key was blocked."),
          Map.entry(
              "chancery.bulk.look",
              "How often the job looks whether an approved list's next step is due."),
          Map.entry(
              "chancery.canary.every",
              "How often a certificate is issued, used, revoked and asked for; off for never."),
          Map.entry(
              "chancery.parts.look",
              "How often each part is looked at, whether anybody asks or not."),
          Map.entry("chancery.crl.look", "How often the job looks whether a CRL is due."),
          Map.entry(
              "chancery.database.one-role",
              "`allow` serves as a role that owns the tables or passes by row security; the start is refused otherwise."),
          Map.entry(
              "chancery.database.owner",
              "Role that owns the tables and migrates them; docs/operations.md, two roles."),
          Map.entry(
              "chancery.database.owner-password-file",
              "File with the owner's password, read for the migrations at a start."),
          Map.entry("chancery.database.password-file", "File with the database user's password."),
          Map.entry("chancery.hsm.config", "The hsm.yaml that names the token; see hsm-config/."),
          Map.entry(
              "chancery.ledger.count-every",
              "How often each replica puts on the ledger how often each key has signed."),
          Map.entry(
              "chancery.ledger.look-again",
              "How often a start that found the ledger in doubt looks again."),
          Map.entry(
              "chancery.profiles", "Folder of profiles that take the place of the shipped ones."),
          Map.entry(
              "chancery.public-url",
              "Base of the CRL, OCSP and issuer addresses that certificates carry."),
          Map.entry(
              "chancery.replica.beat", "How often a replica lets the others know that it lives."),
          Map.entry(
              "chancery.replica.tidy",
              "How often replicas that are gone and old sightings are forgotten."),
          Map.entry(
              "chancery.renewal.every", "How often the authority looks at its own certificates."),
          Map.entry(
              "chancery.status.folder",
              "Folder of this process alone for the CRLs that it serves; a fresh one where none is named."),
          Map.entry(
              "chancery.tidy.every", "How often reservations without a certificate are finished."));

  private record Setting(String type, String value, String meaning) {}

  @Test
  void thePageHoldsEverySetting() throws IOException {
    Golden.checkFile(Path.of("docs", "configuration.md"), page());
  }

  @Test
  void everySettingHasAMeaning() throws IOException {
    assertThat(settings()).hasSizeGreaterThan(12);
    assertThat(settings().values()).allSatisfy(one -> assertThat(one.meaning()).isNotBlank());
    assertThat(settings().keySet()).containsAll(MEANINGS.keySet());
  }

  private static String page() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# Configuration");
    lines.add("");
    lines.add(
        "Every setting of Chancery's own. `ConfigurationTest` makes this page from the sources. Write them into a");
    lines.add(
        "properties file and name it with `-Dquarkus.config.locations`, or set environment variables"
            + " (`CHANCERY_PUBLIC_URL`).");
    lines.add(
        "Durations are written `30s`, `2m`, `1H`, or as ISO 8601. Secrets come by file, never by value.");
    lines.add("");
    lines.add("| setting | type | without it | meaning |");
    lines.add("|---|---|---|---|");
    settings()
        .forEach(
            (name, setting) ->
                lines.add(
                    "| `%s` | %s | %s | %s |"
                        .formatted(name, setting.type(), setting.value(), setting.meaning())));
    lines.add("");
    lines.add("## Quarkus' own");
    lines.add("");
    lines.add(
        "These are set to something else than Quarkus' defaults; each can be set again. A database needs"
            + " `quarkus.datasource.jdbc.url`");
    lines.add("and `quarkus.datasource.username` besides.");
    lines.add("");
    lines.add("| setting | value |");
    lines.add("|---|---|");
    shipped()
        .forEach(
            (name, value) -> {
              if (name.startsWith("quarkus.") && !name.contains(".test-")) {
                lines.add("| `%s` | `%s` |".formatted(name, value));
              }
            });
    return String.join("\n", lines);
  }

  private static Map<String, Setting> settings() throws IOException {
    Map<String, Setting> all = new TreeMap<>();
    for (String source : sources()) {
      Matcher mapping = MAPPING.matcher(source);
      if (mapping.find()) {
        MAPPED
            .matcher(source.substring(mapping.end()))
            .results()
            .forEach(
                one ->
                    all.put(
                        mapping.group(1)
                            + (source.contains(BY_NAME) ? ".NAME." : ".")
                            + kebab(one.group(4)),
                        mapped(one)));
      }
      PROPERTY
          .matcher(source)
          .results()
          .forEach(one -> all.putIfAbsent(one.group(1), property(one)));
      SCHEDULE
          .matcher(source)
          .results()
          .forEach(
              one ->
                  all.putIfAbsent(
                      one.group(1),
                      new Setting("duration", "`" + one.group(2) + "`", meaning(one.group(1)))));
    }
    return all;
  }

  private static Setting mapped(MatchResult one) {
    String meaning = one.group(1).replaceAll("\\s*\\*\\s*", " ").strip();
    String without = one.group(3).matches("(Optional|Map).*") ? "none" : "must be set";
    String value = one.group(2) == null ? without : "`" + one.group(2) + "`";
    return new Setting(type(one.group(3)), value, meaning.replaceAll("\\{@code ([^}]*)}", "`$1`"));
  }

  private static Setting property(MatchResult one) {
    String name = one.group(1);
    String value = one.group(2).startsWith("Optional") ? "none" : "must be set";
    try {
      value = shipped().containsKey(name) ? "`" + shipped().get(name) + "`" : value;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return new Setting(type(one.group(2)), value, meaning(name));
  }

  private static String meaning(String name) {
    return MEANINGS.getOrDefault(name, "");
  }

  private static String type(String java) {
    return switch (java.replaceAll("Optional<(.*)>", "$1")) {
      case "Duration" -> "duration";
      case "Path" -> "path";
      case "URI" -> "address";
      case "List<String>", "List<URI>" -> "list";
      case "Map<String, String>" -> "texts by name";
      case "String" -> "text";
      default -> java;
    };
  }

  private static String kebab(String method) {
    return method.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static Map<String, String> shipped() throws IOException {
    Map<String, String> values = new TreeMap<>();
    for (String line : Files.readAllLines(PROPERTIES)) {
      int equals = line.indexOf('=');
      if (!line.startsWith("#") && equals > 0) {
        values.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return values;
  }

  private static List<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<String> sources = new ArrayList<>();
      for (Path file : files.filter(one -> one.toString().endsWith(".java")).sorted().toList()) {
        sources.add(Files.readString(file));
      }
      return sources;
    }
  }
}
