package io.chancery.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.x509.IssuedCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The foreign peer: the real openssl, on files in one folder. */
public final class OpenSslTool {
  private final Path folder;

  public OpenSslTool(Path folder) {
    this.folder = folder;
  }

  /** What it says, standard error included. */
  public record Answer(int status, String text) {}

  public void write(String name, IssuedCertificate certificate) throws IOException {
    Files.writeString(folder.resolve(name), certificate.pem());
  }

  public Answer run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), text);
  }

  public String mustRun(String... arguments) throws IOException, InterruptedException {
    Answer answer = run(arguments);
    assertThat(answer.status()).describedAs(answer.text()).isZero();
    return answer.text();
  }
}
