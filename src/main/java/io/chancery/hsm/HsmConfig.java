package io.chancery.hsm;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an {@code hsm.yaml} says, checked: one module, one token.
 *
 * @param file where it was written
 * @param modules PKCS#11 libraries, the first that is there is taken
 * @param pinFile holds the user PIN, for this process alone
 * @param sessions signing threads, each with a session of its own
 * @param queue signatures that may wait before {@code Busy}, those for OCSP apart
 * @param statusQueue signatures for OCSP that may wait before {@code Busy}
 * @param patience how long a caller waits for its signature
 * @param environment variables that the module reads when it is initialized
 */
public record HsmConfig(
    Path file,
    List<Path> modules,
    TokenChoice token,
    Path pinFile,
    int sessions,
    int queue,
    int statusQueue,
    Duration patience,
    Map<String, String> environment,
    Set<Quirk> quirks) {
  static final int SESSIONS = 4;
  static final int QUEUE = 256;
  static final Duration PATIENCE = Duration.ofSeconds(2);

  public HsmConfig {
    modules = List.copyOf(modules);
    environment = Map.copyOf(environment);
    quirks = Set.copyOf(quirks);
  }

  /** Reads the file; whatever is wrong in it is one line of {@code Misconfigured}. */
  public static HsmConfig load(Path file) {
    return HsmYaml.read(file);
  }

  /** The same with another patience. */
  public HsmConfig withPatience(Duration other) {
    return new HsmConfig(
        file, modules, token, pinFile, sessions, queue, statusQueue, other, environment, quirks);
  }

  boolean has(Quirk quirk) {
    return quirks.contains(quirk);
  }
}
