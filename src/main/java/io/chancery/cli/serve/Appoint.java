package io.chancery.cli.serve;

import io.chancery.Failure;
import io.chancery.Role;
import io.chancery.access.Person;
import io.chancery.cli.local.LocalDatabase;
import io.chancery.cli.local.LocalInstance;
import io.chancery.inventory.Entry;
import io.chancery.x509.Csr;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The first administrator in production: a request goes in, a certificate comes out. */
@Command(
    name = "administrator",
    header = "Make an administrator's certificate from a request.",
    description = {
      "",
      "The certificate is a new person's: administrator, and approver of what others propose. Two "
          + "certificates made here are two people for every decision that takes two.",
      "",
      "Runs on the data directory of `up`, running or not, or with the configuration of `serve` "
          + "where there is none. Opens no listener, prints the certificate with its issuer as "
          + "PEM, and ends. The key stays with whoever made the request:",
      "",
      "  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \\",
      "    -keyout admin-key.pem -subj / -out admin.csr",
      "  chancery administrator admin.csr > admin.pem",
      ""
    })
public final class Appoint implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "REQUEST", description = "PKCS#10 file, PEM or DER.")
  private Path request;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "administrator",
      description = "Who it is, for lists and the roll (default: ${DEFAULT-VALUE}).")
  private String name;

  @Mixin private LocalInstance instance;

  @Override
  public Integer call() {
    Csr.parse(read(request));
    if (instance.isNamed() && !usualMeansServe()) {
      PrintWriter err = spec.commandLine().getErr();
      try (LocalDatabase database = instance.open(err::println)) {
        appoint(instance.properties(database));
      }
    } else {
      appoint(Map.of());
    }
    return 0;
  }

  /** Configuration of {@code serve} is meant where it is there and no option says otherwise. */
  private boolean usualMeansServe() {
    return !instance.isNamedByOptions()
        && Stream.of("CHANCERY_AUTHORITY", "QUARKUS_CONFIG_LOCATIONS")
            .anyMatch(
                name ->
                    System.getenv(name) != null
                        || System.getProperty(name.toLowerCase(Locale.ROOT).replace('_', '.'))
                            != null);
  }

  private void appoint(Map<String, String> where) {
    Map<String, String> properties = new HashMap<>(where);
    properties.put("quarkus.http.host-enabled", "false");
    properties.put("quarkus.management.host-enabled", "false");
    properties.put("quarkus.log.console.level", "ERROR");
    Boot.run(Appointing.class, properties, List.of(request.toString(), name));
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException cannot) {
      throw new Failure.Misconfigured(
              file.toString(), "cannot be read", "name a file with a certification request")
          .because(cannot);
    }
  }

  /** Appoints, prints, and ends. */
  public static final class Appointing implements QuarkusApplication {
    private final Administrators administrators;

    @Inject
    Appointing(Administrators administrators) {
      this.administrators = administrators;
    }

    @Override
    public int run(String... words) {
      Person person = administrators.enter(words[1], Set.of(Role.ADMIN, Role.APPROVER));
      Entry entry = administrators.certify(person, Csr.parse(read(Path.of(words[0]))));
      System.out.print(administrators.pem(entry));
      System.out.flush();
      return 0;
    }
  }
}
