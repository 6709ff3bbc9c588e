package io.chancery.hsm;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an {@code hsm.yaml} says, checked: one module and one token, and others that hold the same
 * keys.
 *
 * @param file where it was written
 * @param modules PKCS#11 libraries, the first that is there is taken
 * @param pinFile holds the user PIN, for this process alone
 * @param sessions signing threads, each with a session of its own
 * @param queue signatures that may wait before {@code Busy}, those for OCSP apart
 * @param statusQueue signatures for OCSP that may wait before {@code Busy}
 * @param crlQueue signatures for CRLs, checkpoints and filters that may wait before {@code Busy}
 * @param callLimit a call into the module that takes longer does not come back
 * @param others tokens that hold the same keys, in the order in which they are asked
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
    int crlQueue,
    Duration patience,
    Duration callLimit,
    Map<String, String> environment,
    Set<Quirk> quirks,
    List<HsmConfig> others) {
  static final int SESSIONS = 4;
  static final int QUEUE = 256;
  static final Duration PATIENCE = Duration.ofSeconds(2);
  static final int CALL_LIMIT = 5;

  public HsmConfig {
    modules = List.copyOf(modules);
    environment = Map.copyOf(environment);
    quirks = Set.copyOf(quirks);
    others = List.copyOf(others);
  }

  /** Reads the file; whatever is wrong in it is one line of {@code Misconfigured}. */
  public static HsmConfig load(Path file) {
    return HsmYaml.read(file);
  }

  /** The same with another patience. */
  public HsmConfig withPatience(Duration other) {
    return new HsmConfig(
        file,
        modules,
        token,
        pinFile,
        sessions,
        queue,
        statusQueue,
        crlQueue,
        other,
        callLimit,
        environment,
        quirks,
        others.stream().map(one -> one.withPatience(other)).toList());
  }

  /** One for each token, this one first. */
  List<HsmConfig> each() {
    return Stream.concat(Stream.of(this), others.stream()).toList();
  }

  boolean has(Quirk quirk) {
    return quirks.contains(quirk);
  }
}
