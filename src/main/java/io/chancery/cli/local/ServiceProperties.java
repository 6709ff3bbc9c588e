package io.chancery.cli.local;

import io.chancery.Failure;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * {@code service.properties}: the configuration of the last start of {@code up}, for the commands
 * that boot parts of the service on the same data directory. It holds paths and ports, no secret.
 */
public final class ServiceProperties {
  private ServiceProperties() {}

  public static void write(DataDirectory data, Map<String, String> properties) {
    StringWriter text = new StringWriter();
    text.write(
        "# Written by chancery up at each start, for the commands on this data directory.\n");
    new TreeMap<>(properties)
        .forEach((name, value) -> text.write(name + "=" + value.replace("\\", "\\\\") + "\n"));
    data.writeSecret(data.serviceProperties(), text.toString());
  }

  /** What the last start wrote; nothing where there was none yet. */
  static Map<String, String> read(DataDirectory data) {
    Properties found = new Properties();
    try (Reader file = Files.newBufferedReader(data.serviceProperties())) {
      found.load(file);
    } catch (NoSuchFileException never) {
      return Map.of();
    } catch (IOException cannot) {
      throw new Failure.Misconfigured(
              data.serviceProperties().toString(),
              "cannot be read",
              "run this as the user that runs chancery up")
          .because(cannot);
    }
    Map<String, String> properties = new LinkedHashMap<>();
    found.stringPropertyNames().forEach(name -> properties.put(name, found.getProperty(name)));
    return properties;
  }
}
