package io.chancery.cli;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** A certificate with what stands above it in its file, and its key. */
record Identity(List<X509Certificate> certificates, PrivateKey key) {
  static Identity read(Path certificate, Path key) {
    List<X509Certificate> certificates = PemFiles.certificates(certificate);
    return new Identity(certificates, PemFiles.privateKey(key, certificates.getFirst()));
  }

  X509Certificate certificate() {
    return certificates.getFirst();
  }

  @Override
  public String toString() {
    return "Identity[" + certificate().getSubjectX500Principal() + "]";
  }
}
