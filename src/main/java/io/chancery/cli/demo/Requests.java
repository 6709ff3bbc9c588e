package io.chancery.cli.demo;

import java.util.List;
import java.util.stream.Collectors;

/** Keys and certificate requests, made with openssl by whoever will hold them. */
final class Requests {
  private final Shell shell;

  Requests(Shell shell) {
    this.shell = shell;
  }

  /** A new key in {@code holder.key()} and a request for it; the key never leaves that file. */
  void make(Holder holder, String subject, List<String> names) {
    String all = names.stream().collect(Collectors.joining(",", "subjectAltName=", ""));
    shell
        .run(
            "openssl",
            "req",
            "-new",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-keyout",
            holder.key(),
            "-out",
            holder.request(),
            "-subj",
            subject,
            "-addext",
            all)
        .orTrouble("use openssl 1.1.1 or newer");
  }
}
