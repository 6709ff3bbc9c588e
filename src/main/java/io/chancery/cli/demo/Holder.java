package io.chancery.cli.demo;

/** Who holds a key and a certificate: the files in the workshop, and the certificate's serial. */
record Holder(String file, String name, String serial) {
  String key() {
    return file + ".key";
  }

  String request() {
    return file + ".csr";
  }

  /** The certificate, and what stands above it. */
  String certificate() {
    return file + ".pem";
  }
}
