package io.chancery.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.x509.Der;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The foreign peer: the real openssl, on files in one folder. */
final class OpenSsl {
  private final Path folder;

  OpenSsl(Path folder) {
    this.folder = folder;
  }

  /** What it says, standard error included. */
  record Answer(int status, String text) {}

  String write(String name, IssuedCertificate certificate) throws IOException {
    return Files.writeString(folder.resolve(name), certificate.pem()).toString();
  }

  String write(String name, String label, Der der) throws IOException {
    return Files.writeString(folder.resolve(name), Pem.encode(label, der)).toString();
  }

  String write(String name, Der der) throws IOException {
    return Files.write(folder.resolve(name), der.octets()).toString();
  }

  Answer run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), text);
  }

  String mustRun(String... arguments) throws IOException, InterruptedException {
    Answer answer = run(arguments);
    assertThat(answer.status()).describedAs(answer.text()).isZero();
    return answer.text();
  }
}
