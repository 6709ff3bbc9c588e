package io.chancery.cli.serve;

import io.chancery.Failure;
import io.chancery.inventory.Entry;
import io.chancery.x509.Csr;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The first administrator in production: a request goes in, a certificate comes out. */
@Command(
    name = "administrator",
    header = "Make an administrator's certificate from a request.",
    description = {
      "",
      "Runs with the configuration of `serve`, opens no listener, prints the certificate with its "
          + "issuer as PEM, and ends. The key stays with whoever made the request:",
      "",
      "  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \\",
      "    -keyout admin-key.pem -subj / -out admin.csr",
      "  chancery administrator admin.csr > admin.pem",
      ""
    })
public final class Appoint implements Callable<Integer> {
  @Parameters(paramLabel = "REQUEST", description = "PKCS#10 file, PEM or DER.")
  private Path request;

  @Override
  public Integer call() {
    Csr.parse(read(request));
    Boot.run(
        Appointing.class,
        Map.of(
            "quarkus.http.host-enabled", "false",
            "quarkus.management.host-enabled", "false",
            "quarkus.log.console.level", "ERROR"),
        List.of(request.toString()));
    return 0;
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
    public int run(String... files) {
      Entry entry = administrators.appoint(Csr.parse(read(Path.of(files[0]))));
      System.out.print(administrators.pem(entry));
      System.out.flush();
      return 0;
    }
  }
}
