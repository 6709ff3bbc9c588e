package io.chancery.cli;

import io.chancery.cli.local.Addresses;
import io.chancery.cli.local.DataDirectory;
import io.chancery.cli.local.DataLock;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which running instance a command speaks to, and whom it trusts. */
final class Instance {
  private static final Addresses DEFAULT =
      new Addresses("http://127.0.0.1:8080", "https://127.0.0.1:8443", "http://127.0.0.1:9000");

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = ".chancery",
      description =
          "Data directory of chancery up; tells the address, the trust and the credentials where "
              + "they are not given (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Address of the instance (default: that of the data directory).")
  private Optional<URI> url;

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description = "Root certificates in PEM (default: trust/root.pem of the data directory).")
  private Optional<Path> trust;

  DataDirectory data() {
    return new DataDirectory(folder);
  }

  Addresses addresses() {
    return DataLock.addresses(data()).orElse(DEFAULT);
  }

  URI url() {
    return url.orElseGet(() -> URI.create(addresses().https()));
  }

  Path trust() {
    return trust.orElseGet(() -> data().rootCertificate());
  }
}
