package io.chancery.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** What was built, and what runs it. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version =
        Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");
    return new String[] {
      "chancery " + version, "Java " + Runtime.version(), System.getProperty("os.name")
    };
  }
}
