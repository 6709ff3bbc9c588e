package io.chancery.cli.up;

import io.chancery.cli.ceremony.Ceremony;
import io.chancery.cli.ceremony.DemoAuthority;
import io.chancery.cli.local.DataDirectory;
import io.chancery.hsm.HsmConfig;
import io.chancery.hsm.SoftHsm;
import io.chancery.hsm.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What has to stand before the service can sign: the token, its keys, and the authority's papers.
 */
final class Foundation {
  private static final String HSM = "chancery.hsm.config";

  private Foundation() {}

  /**
   * Lays what is missing in the data directory, and returns the properties that say where it is.
   */
  static Map<String, String> lay(DataDirectory data, Consumer<String> progress) {
    SoftHsm softHsm = SoftHsm.findOrInstall(SoftHsm.userCache(), progress);
    progress.accept("SoftHSM: " + softHsm.library());
    SecureRandom random = new SecureRandom();
    DemoAuthority demo = new DemoAuthority(softHsm, data.softhsm(), data.authority(), random);
    Ceremony.Outcome outcome =
        demo.make(new Ceremony(InstantSource.system(), random, line -> said(line, progress)));
    progress.accept(said(outcome));
    publish(data, demo);

    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(HSM, demo.hsmYaml().toString());
    properties.put("chancery.authority", demo.authorityYaml().toString());
    return properties;
  }

  /**
   * Loads the token's library, which the service would do alone, while the database still starts.
   * The library stays loaded in this process; nothing logs in here.
   */
  static void loadLibrary(Map<String, String> laid) {
    HsmConfig token = HsmConfig.load(Path.of(Objects.requireNonNull(laid.get(HSM))));
    Tokens.list(token.modules(), token.environment());
  }

  /** What is made is told in short; the transcript has the whole. */
  private static void said(String step, Consumer<String> progress) {
    if (step.startsWith("made")) {
      progress.accept("ceremony: " + step.split(" in token |:", 2)[0].replaceAll(" +", " "));
    }
  }

  private static String said(Ceremony.Outcome outcome) {
    return switch (outcome) {
      case Ceremony.Outcome.Finished made -> "authority: made, transcript " + made.transcript();
      case Ceremony.Outcome.FinishedBefore there -> "authority: " + there.authority();
      case Ceremony.Outcome.Waiting waiting ->
          throw new IllegalStateException("the demo's root is here: " + waiting.requests());
    };
  }

  /** What clients are given to trust. */
  private static void publish(DataDirectory data, DemoAuthority demo) {
    data.folder(data.trust());
    copy(demo.rootCertificate(), data.rootCertificate());
    copy(demo.chain(), data.trust().resolve("chain.pem"));
  }

  private static void copy(Path from, Path to) {
    try {
      Path fresh = to.resolveSibling(to.getFileName() + ".new");
      Files.write(fresh, Files.readAllBytes(from));
      DataDirectory.move(fresh, to);
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }
}
