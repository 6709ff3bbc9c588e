package io.chancery.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A group of keys in one YAML file, read strictly: a second document, a key written twice or not
 * known, an empty value or one of another type ends the start with one line that names file and
 * key.
 */
final class YamlGroup {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String file;
  private final String path;
  private final JsonNode node;

  private YamlGroup(String file, String path, JsonNode node) {
    this.file = file;
    this.path = path;
    this.node = node;
  }

  /** The whole file. */
  static YamlGroup of(ProfileSource source) {
    YamlGroup empty = new YamlGroup(source.file(), "", YAML.createObjectNode());
    try {
      JsonNode node = YAML.readTree(source.text());
      if (!node.isObject()) {
        throw empty.refused("", "holds no keys", "write name: and the other keys of a profile");
      }
      return new YamlGroup(source.file(), "", node);
    } catch (MismatchedInputException trailing) {
      throw refusal(
          source, trailing, "holds more than one document", "put one profile into a file");
    } catch (JsonProcessingException notYaml) {
      throw refusal(
          source,
          notYaml,
          "is not read as YAML: " + firstLine(notYaml.getOriginalMessage()),
          "correct this line or the one before");
    }
  }

  private static PkiException refusal(
      ProfileSource source, JsonProcessingException cause, String reason, String remedy) {
    String line = ", line " + cause.getLocation().getLineNr();
    return new Failure.Misconfigured(source.file() + line, reason, remedy).because(cause);
  }

  /** Refuses any other key, so that a slip of the pen is no silent default. */
  YamlGroup withOnly(String... known) {
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

  /** The text of the key, or {@code otherwise} where the key is not written at all. */
  String text(String key, String otherwise) {
    return node.has(key) ? text(key) : otherwise;
  }

  /** The texts of a list; a list that is not written is empty. */
  List<String> texts(String key) {
    if (!node.has(key)) {
      return List.of();
    }
    if (!node.path(key).isArray()) {
      throw refused(key, "is no list", "write a list such as [a, b], or [] for none");
    }
    List<String> texts = new ArrayList<>();
    node.path(key).forEach(one -> texts.add(textIn(key, one)));
    return texts;
  }

  int count(String key) {
    JsonNode value = present(key);
    if (!value.isInt()) {
      throw refused(key, "is no whole number", "write a number such as 1");
    }
    return value.intValue();
  }

  double number(String key, double otherwise) {
    if (!node.has(key)) {
      return otherwise;
    }
    if (!node.path(key).isNumber()) {
      throw refused(key, "is no number", "write a number such as 0.67");
    }
    return node.path(key).doubleValue();
  }

  YamlGroup group(String key) {
    return groupIn(key, present(key));
  }

  Optional<YamlGroup> optionalGroup(String key) {
    return node.has(key) ? Optional.of(group(key)) : Optional.empty();
  }

  PkiException refused(String key, String reason, String remedy) {
    return new Failure.Misconfigured(where(key), reason, remedy).thrown();
  }

  private JsonNode present(String key) {
    if (!node.has(key)) {
      throw refused(key, "is missing", "add it; the shipped tls-server.yaml explains each key");
    }
    return node.path(key);
  }

  private String textIn(String key, JsonNode value) {
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw refused(
          key, "is no text, or an empty one", "write a text, in quotes if it is a number");
    }
    return value.textValue();
  }

  private YamlGroup groupIn(String key, JsonNode value) {
    if (!value.isObject()) {
      throw refused(key, "is no group of keys", "write its keys indented below, or in { }");
    }
    return new YamlGroup(file, path + key + ".", value);
  }

  private String where(String key) {
    return key.isEmpty() ? file : file + ", " + path + key;
  }

  private static String firstLine(String message) {
    return Quoted.of(message.lines().findFirst().orElse("").replace('\'', '"'));
  }
}
