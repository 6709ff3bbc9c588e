package io.chancery.cli.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real openssl, in one folder: a stranger's eye, and a stranger's authority. */
final class OpenSsl {
  private final Path folder;

  OpenSsl(Path folder) {
    this.folder = folder;
  }

  /** What it prints; anything but success fails the test. */
  String run(Object... arguments) {
    List<String> command = new ArrayList<>(List.of("openssl"));
    for (Object one : arguments) {
      command.add(one.toString());
    }
    try {
      Process process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as("%s: %s", command, text).isZero();
      return text;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    }
  }

  /** A root {@code name.pem} with its key {@code name.key}. */
  Path root(String name) {
    run(
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-keyout",
        name + ".key",
        "-out",
        name + ".pem",
        "-days",
        "3650",
        "-subj",
        "/O=Partner/CN=" + name,
        "-addext",
        "keyUsage=critical,keyCertSign,cRLSign");
    return folder.resolve(name + ".pem");
  }

  /** Certifies a request with these lines as extensions. */
  Path certify(String authority, Path request, String name, String extensions, String... more) {
    try {
      Path file = Files.writeString(folder.resolve(name + ".ext"), extensions);
      List<Object> arguments =
          new ArrayList<>(
              List.of(
                  "x509",
                  "-req",
                  "-in",
                  request,
                  "-CA",
                  authority + ".pem",
                  "-CAkey",
                  authority + ".key",
                  "-CAcreateserial",
                  "-out",
                  name + ".pem",
                  "-extfile",
                  file));
      arguments.addAll(more.length == 0 ? List.of("-days", "365") : List.of(more));
      run(arguments.toArray());
      return folder.resolve(name + ".pem");
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
