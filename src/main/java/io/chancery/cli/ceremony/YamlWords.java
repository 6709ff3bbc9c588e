package io.chancery.cli.ceremony;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A group of keys of the ceremony file, read strictly: a key that is not known or written twice, a
 * missing one, a value of another type is one line that names the file and the key.
 */
final class YamlWords {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String file;
  private final String path;
  private final JsonNode node;

  private YamlWords(String file, String path, JsonNode node) {
    this.file = file;
    this.path = path;
    this.node = node;
  }

  static YamlWords of(String file, String text) {
    try {
      return new YamlWords(file, "", YAML.readTree(text)).mustBeGroup();
    } catch (JsonProcessingException notYaml) {
      String line =
          notYaml.getLocation() == null ? "" : ", line " + notYaml.getLocation().getLineNr();
      String why = notYaml.getOriginalMessage().lines().findFirst().orElse("");
      throw new Failure.Misconfigured(
              file + line,
              "is not read as one YAML document: " + Quoted.of(why),
              "correct this line or the one before; docs/key-ceremony.md shows a whole file")
          .because(notYaml);
    }
  }

  /** Refuses any other key, so that a slip of the pen is no silent default. */
  YamlWords withOnly(String... known) {
    for (var key : node.properties()) {
      if (!Set.of(known).contains(key.getKey())) {
        throw refused(
            Quoted.of(key.getKey()), "is no key here", "use one of " + String.join(", ", known));
      }
    }
    return this;
  }

  boolean has(String key) {
    return node.has(key);
  }

  String text(String key) {
    return textIn(key, present(key));
  }

  Optional<String> optionalText(String key) {
    return has(key) ? Optional.of(text(key)) : Optional.empty();
  }

  /** A text read further; what the reader refuses is told with the key's place in the file. */
  <T> T parsed(String key, Function<String, T> reader) {
    String text = text(key);
    try {
      return reader.apply(text);
    } catch (PkiException malformed) {
      throw new Failure.Misconfigured(where(key), malformed.failure().detail(), "correct the value")
          .because(malformed);
    }
  }

  /** The texts of a list; a list that is not written is empty. */
  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    items(key).forEach(one -> texts.add(textIn(key, one)));
    return texts;
  }

  int count(String key) {
    JsonNode value = present(key);
    if (!value.isInt() || value.intValue() < 0) {
      throw refused(key, "is no whole number from 0", "write a number such as 0");
    }
    return value.intValue();
  }

  YamlWords group(String key) {
    return new YamlWords(file, path + key + ".", present(key)).mustBeGroup();
  }

  Optional<YamlWords> optionalGroup(String key) {
    return has(key) ? Optional.of(group(key)) : Optional.empty();
  }

  /** The groups of a list, in order. */
  List<YamlWords> groups(String key) {
    List<YamlWords> groups = new ArrayList<>();
    for (JsonNode one : items(key)) {
      groups.add(new YamlWords(file, path + key + "[" + groups.size() + "].", one).mustBeGroup());
    }
    return groups;
  }

  PkiException refused(String key, String reason, String remedy) {
    return new Failure.Misconfigured(where(key), reason, remedy).thrown();
  }

  private Iterable<JsonNode> items(String key) {
    if (!has(key)) {
      return List.of();
    }
    if (!node.path(key).isArray()) {
      throw refused(key, "is no list", "write a list such as [a, b], or leave the key out");
    }
    return node.path(key);
  }

  private JsonNode present(String key) {
    if (!has(key)) {
      throw refused(key, "is missing", "write " + key + ": with its value");
    }
    return node.path(key);
  }

  private String textIn(String key, JsonNode value) {
    if (!value.isTextual() || value.textValue().isBlank() || value.textValue().indexOf('\0') >= 0) {
      throw refused(key, "is no text", "write a text, in quotes where it is a number");
    }
    return value.textValue();
  }

  private YamlWords mustBeGroup() {
    if (!node.isObject()) {
      throw refused("", "is no group of keys", "write its keys, each on a line of its own");
    }
    return this;
  }

  private String where(String key) {
    String whole = path + key;
    String shown = whole.endsWith(".") ? whole.substring(0, whole.length() - 1) : whole;
    return shown.isEmpty() ? file : file + ", " + shown;
  }
}
