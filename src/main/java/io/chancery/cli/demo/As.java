package io.chancery.cli.demo;

import java.util.List;

/** Who speaks, as options of curl. A secret stands in a file, never on a command line. */
record As(List<String> options) {
  static final As NOBODY = new As(List.of());
  static final As ADMIN = certificate("admin/cert.pem", "admin/key.pem");
  static final As TOKEN = new As(List.of("-H", "@token.header"));

  static As holder(Holder holder) {
    return certificate(holder.certificate(), holder.key());
  }

  private static As certificate(String certificate, String key) {
    return new As(List.of("--cert", certificate, "--key", key));
  }
}
