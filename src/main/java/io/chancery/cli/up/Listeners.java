package io.chancery.cli.up;

import io.chancery.cli.local.Addresses;
import io.chancery.cli.local.Ports;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The three ports, all on loopback. */
final class Listeners {
  private static final String LOOPBACK = "127.0.0.1";

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "CRL, OCSP and issuer certificates, for everyone (default: ${DEFAULT-VALUE}).")
  private int http;

  @Option(
      names = "--https-port",
      paramLabel = "PORT",
      defaultValue = "8443",
      description = "API, and OpenAPI at /q/openapi (default: ${DEFAULT-VALUE}).")
  private int https;

  @Option(
      names = "--management-port",
      paramLabel = "PORT",
      defaultValue = "9000",
      description = "Health and metrics (default: ${DEFAULT-VALUE}).")
  private int management;

  Addresses addresses() {
    return Addresses.of(http, https, management);
  }

  int http() {
    return http;
  }

  int management() {
    return management;
  }

  void mustBeFree() {
    Map<String, Integer> ports = new LinkedHashMap<>();
    ports.put("--http-port", http);
    ports.put("--https-port", https);
    ports.put("--management-port", management);
    Ports.mustBeFree(ports);
  }

  Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("quarkus.http.host", LOOPBACK);
    properties.put("quarkus.http.port", Integer.toString(http));
    properties.put("quarkus.http.ssl-port", Integer.toString(https));
    properties.put("quarkus.management.host", LOOPBACK);
    properties.put("quarkus.management.port", Integer.toString(management));
    properties.put("chancery.public-url", addresses().http());
    return properties;
  }
}
