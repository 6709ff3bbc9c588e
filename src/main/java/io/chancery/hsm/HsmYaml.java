package io.chancery.hsm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Quoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The words of an hsm.yaml, read strictly. */
final class HsmYaml {
  private static final Set<String> KEYS =
      Set.of(
          "module",
          "token",
          "tokens",
          "pin-file",
          "sessions",
          "queue",
          "ocsp-queue",
          "crl-queue",
          "call-limit",
          "environment",
          "quirks");

  /** What each of several tokens may say for itself. */
  private static final Set<String> OWN = Set.of("module", "pin-file", "environment", "quirks");

  private static final int MOST_TOKENS = 8;
  private static final long LARGEST = 64 * 1024;
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private final Path file;
  private final Path folder;

  private HsmYaml(Path file) {
    this.file = file;
    Path parent = file.toAbsolutePath().normalize().getParent();
    this.folder = parent == null ? file.toAbsolutePath() : parent;
  }

  static HsmConfig read(Path file) {
    return new HsmYaml(file).config();
  }

  private HsmConfig config() {
    JsonNode root = tree();
    if (!root.isObject()) {
      throw wrong("is not a list of 'key: value' lines");
    }
    Set<String> unknown = new TreeSet<>();
    root.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(KEYS);
    if (!unknown.isEmpty()) {
      throw wrong("unknown key " + Quoted.of(unknown.iterator().next()));
    }
    List<JsonNode> tokens = tokens(root);
    List<HsmConfig> each = new ArrayList<>();
    for (JsonNode token : tokens.reversed()) {
      each.addFirst(one(root, token, token == tokens.getFirst() ? List.copyOf(each) : List.of()));
    }
    return each.getFirst();
  }

  /** One token: what it does not say itself, the file says for all. */
  private HsmConfig one(JsonNode root, JsonNode own, List<HsmConfig> others) {
    return new HsmConfig(
        file,
        modules(own.has("module") ? own.path("module") : root.path("module")),
        token(choice(own)),
        path("pin-file", text("pin-file", (own.has("pin-file") ? own : root).path("pin-file"))),
        number("sessions", root.path("sessions"), HsmConfig.SESSIONS, 64),
        number("queue", root.path("queue"), HsmConfig.QUEUE, 100_000),
        number("ocsp-queue", root.path("ocsp-queue"), HsmConfig.QUEUE, 100_000),
        number("crl-queue", root.path("crl-queue"), HsmConfig.QUEUE, 100_000),
        HsmConfig.PATIENCE,
        Duration.ofSeconds(number("call-limit", root.path("call-limit"), HsmConfig.CALL_LIMIT, 60)),
        environment((own.has("environment") ? own : root).path("environment")),
        quirks((own.has("quirks") ? own : root).path("quirks")),
        others);
  }

  /** The entries of {@code tokens}, or the one {@code token} as such an entry. */
  private List<JsonNode> tokens(JsonNode root) {
    if (!root.has("tokens")) {
      if (OWN.stream().anyMatch(root.path("token")::has)) {
        throw wrong("token wants one of {label: ...}, {serial: ...} or {slot: 0}");
      }
      return List.of(root.path("token"));
    }
    JsonNode list = root.path("tokens");
    if (root.has("token")) {
      throw wrong("has both token and tokens");
    }
    if (!list.isArray() || list.isEmpty() || list.size() > MOST_TOKENS) {
      throw wrong("tokens wants a list of 1 to " + MOST_TOKENS + " tokens");
    }
    List<JsonNode> tokens = new ArrayList<>();
    Set<JsonNode> different = new HashSet<>();
    for (JsonNode token : list) {
      if (!different.add(token)) {
        throw wrong("names the same token twice");
      }
      tokens.add(token);
    }
    return tokens;
  }

  /** An entry's label, serial or slot, without what it says of its own besides. */
  private JsonNode choice(JsonNode entry) {
    return entry.isObject() ? ((ObjectNode) entry.deepCopy()).remove(OWN) : entry;
  }

  private JsonNode tree() {
    try {
      if (Files.size(file) > LARGEST) {
        throw wrong("is larger than " + LARGEST + " octets");
      }
      return YAML.readTree(Files.readString(file));
    } catch (JsonProcessingException notYaml) {
      throw misconfigured("is no strict YAML: " + firstLine(notYaml)).because(notYaml);
    } catch (IOException unreadable) {
      throw misconfigured("cannot be read: " + Quoted.of(unreadable.toString()))
          .because(unreadable);
    }
  }

  private List<Path> modules(JsonNode node) {
    List<Path> modules = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(one -> modules.add(path("module", text("module", one))));
    } else {
      modules.add(path("module", text("module", node)));
    }
    if (modules.isEmpty()) {
      throw wrong("module names no library");
    }
    return modules;
  }

  private TokenChoice token(JsonNode node) {
    if (!node.isObject() || node.size() != 1) {
      throw wrong("token wants one of {label: ...}, {serial: ...} or {slot: 0}");
    }
    String key = node.fieldNames().next();
    JsonNode value = node.path(key);
    return switch (key) {
      case "label" -> new TokenChoice.ByLabel(text("token label", value));
      case "serial" -> new TokenChoice.BySerial(text("token serial", value));
      case "slot" -> new TokenChoice.BySlot(slot(value));
      default -> throw wrong("token is chosen by label, serial or slot, not " + Quoted.of(key));
    };
  }

  private long slot(JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.asLong() < 0) {
      throw wrong("token slot wants a number from 0");
    }
    return node.asLong();
  }

  private Map<String, String> environment(JsonNode node) {
    Map<String, String> variables = new LinkedHashMap<>();
    if (node.isMissingNode() || node.isNull()) {
      return variables;
    }
    if (!node.isObject()) {
      throw wrong("environment wants {NAME: value}");
    }
    node.properties()
        .forEach(
            entry -> {
              if (!VARIABLE.matcher(entry.getKey()).matches()) {
                throw wrong("environment has no variable " + Quoted.of(entry.getKey()));
              }
              variables.put(entry.getKey(), variable(scalar(entry.getKey(), entry.getValue())));
            });
    return variables;
  }

  /** A path that begins with ./ is beside the file; anything else is the module's own business. */
  private String variable(String value) {
    return value.startsWith("./") ? path("environment", value).toString() : value;
  }

  private Set<Quirk> quirks(JsonNode node) {
    Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
    if (node.isMissingNode() || node.isNull()) {
      return quirks;
    }
    if (!node.isArray()) {
      throw wrong("quirks wants a list");
    }
    node.forEach(one -> quirks.add(quirk(text("quirks", one))));
    return quirks;
  }

  private Quirk quirk(String word) {
    return Arrays.stream(Quirk.values())
        .filter(one -> one.word().equals(word))
        .findFirst()
        .orElseThrow(
            () -> wrong("no quirk " + Quoted.of(word) + ": hsm-config/README.md lists them"));
  }

  private int number(String key, JsonNode node, int standard, int most) {
    if (node.isMissingNode()) {
      return standard;
    }
    if (!node.isInt() || node.asInt() < 1 || node.asInt() > most) {
      throw wrong(key + " wants a number from 1 to " + most);
    }
    return node.asInt();
  }

  private Path path(String key, String text) {
    try {
      return folder.resolve(text).normalize();
    } catch (InvalidPathException notAPath) {
      throw misconfigured(key + " " + Quoted.of(text) + " is no path").because(notAPath);
    }
  }

  /** A string, or a number that was meant as one: a serial number may be all digits. */
  private String scalar(String key, JsonNode node) {
    if (node.isIntegralNumber() || node.isBoolean()) {
      return node.asText();
    }
    return text(key, node);
  }

  private String text(String key, JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      throw wrong(key + " is missing");
    }
    // A serial number of digits alone must be written in quotes: YAML would drop its zeros.
    if (!node.isTextual() || node.asText().isBlank() || node.asText().indexOf('\0') >= 0) {
      throw wrong(key + " wants a text; digits alone go in quotes");
    }
    return node.asText();
  }

  private PkiException wrong(String reason) {
    return misconfigured(reason).thrown();
  }

  private Failure misconfigured(String reason) {
    return new Failure.Misconfigured(
        file.toString(), reason, "see hsm-config/README.md for the format");
  }

  private static String firstLine(JsonProcessingException problem) {
    String text = problem.getOriginalMessage().lines().findFirst().orElse("");
    return Quoted.of(text)
        + (problem.getLocation() == null ? "" : " in line " + problem.getLocation().getLineNr());
  }
}
