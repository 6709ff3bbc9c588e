package io.chancery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;

/** The files of a service: {@code key.pem}, {@code cert.pem}, and what stands above it. */
record Credential(Path folder) {
  Path key() {
    return folder.resolve("key.pem");
  }

  /** A key whose certificate is not here yet. */
  Path newKey() {
    return folder.resolve("key.pem.new");
  }

  Path certificate() {
    return folder.resolve("cert.pem");
  }

  Path chain() {
    return folder.resolve("chain.pem");
  }

  /** Certificate and chain in one file, the way nginx wants it. */
  Path fullChain() {
    return folder.resolve("fullchain.pem");
  }

  /** Keeps what the authority answered. */
  void keep(JsonNode issued) {
    String certificate = issued.path("certificate").asText();
    String chain = issued.path("chain").asText();
    PemFiles.write(certificate(), certificate);
    PemFiles.write(chain(), chain);
    PemFiles.write(fullChain(), certificate + chain);
  }

  void describe(JsonNode issued, PrintWriter out) {
    out.println("serial       " + Problem.printable(issued.path("serial").asText()));
    out.println("valid until  " + Problem.printable(issued.path("notAfter").asText()));
    out.println("key          " + key());
    out.println("certificate  " + certificate());
    out.println("chain        " + chain() + "  (with the certificate: " + fullChain() + ")");
  }
}
