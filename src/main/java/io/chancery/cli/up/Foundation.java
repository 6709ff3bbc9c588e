package io.chancery.cli.up;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What has to stand before the service can sign: the token, its keys, and the authority's papers.
 */
final class Foundation {
  private Foundation() {}

  /**
   * Lays what is missing in the data directory, and returns the properties that say where it is.
   * {@code allowed} are the names that the demo organization may hold.
   */
  static Map<String, String> lay(
      DataDirectory data, List<String> allowed, Consumer<String> progress) {
    Map<String, String> properties = new LinkedHashMap<>();
    if (Files.exists(data.authority().resolve("authority.yaml"))) {
      progress.accept("authority: " + data.authority());
      properties.put("chancery.hsm.config", data.authority().resolve("hsm.yaml").toString());
      properties.put("chancery.authority", data.authority().resolve("authority.yaml").toString());
    }
    return properties;
  }
}
